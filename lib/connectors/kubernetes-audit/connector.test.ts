import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { kubernetesAudit } from './connector.ts';

type Fields = Record<string, unknown>;
const event = (changes: Fields = {}): Fields => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  verb: 'get',
  user: { username: 'system:serviceaccount:shop:app' },
  objectRef: { resource: 'secrets', namespace: 'shop', name: 'db', apiVersion: 'v1' },
  sourceIPs: ['10.0.0.1'],
  responseStatus: { code: 200 },
  requestReceivedTimestamp: '2025-01-01T00:00:00.123456Z',
  requestObject: { data: { password: 'CANARY' } },
  ...changes,
});
const read = (...events: Fields[]): Collected => {
  const found = collectValue(kubernetesAudit, events, { defaults: { tenant: 'c1' } });
  expect(found.breaches()).toEqual([]);
  expect(found.text()).not.toContain('CANARY');
  return found;
};

test('an event names the service account, the Secret, the level and the outcome, and never the request body', () => {
  expect(read(event()).events).toEqual([
    {
      id: 'a-1',
      time: '2025-01-01T00:00:00.123456Z',
      actor: 'k8s://c1/serviceaccounts/shop/app',
      action: 'get secrets',
      outcome: 'allowed',
      target: 'k8s://c1/secrets/shop/db',
      level: 'read',
      address: '10.0.0.1',
    },
  ]);
});

test('a request counts once, whatever stages are logged; exec and watch count from their start', () => {
  const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete'].map((stage) => event({ stage }));
  expect(read(...stages).events.length).toBe(1);
  const exec = event({
    stage: 'ResponseStarted',
    verb: 'create',
    responseStatus: { code: 101 },
    objectRef: { resource: 'pods', subresource: 'exec', namespace: 'shop', name: 'web' },
  });
  expect(read(exec).events[0]).toMatchObject({
    action: 'create pods/exec',
    target: 'k8s://c1/pods%2Fexec/shop',
    outcome: 'allowed',
  });
  const both = read(event({ stage: 'ResponseStarted', verb: 'watch' }), event({ verb: 'watch' })).events;
  expect(new Set(both.map(({ id, time }) => `${id} ${time}`)).size).toBe(1);
});

test('under impersonation the authenticated user is the actor and the impersonated one is on whose behalf', () => {
  const [first] = read(
    event({
      user: { username: 'ops@example.com' },
      impersonatedUser: { username: 'system:serviceaccount:shop:app' },
    }),
  ).events;
  expect(first).toMatchObject({
    actor: 'mailto:ops@example.com',
    onBehalfOf: 'k8s://c1/serviceaccounts/shop/app',
    chain: ['mailto:ops@example.com', 'k8s://c1/serviceaccounts/shop/app'],
  });
});

test('on EKS the IAM principal may act as the user, and the session joins with CloudTrail', () => {
  const user = {
    username: 'kubernetes-admin',
    extra: {
      accessKeyId: ['ASIAEXAMPLE'],
      arn: ['arn:aws:sts::111122223333:assumed-role/Dev/me'],
      sessionName: ['me'],
    },
  };
  const found = read(event({ user }));
  expect(found.events[0]?.session).toBe('ASIAEXAMPLE');
  expect(found.triples('assumes')).toEqual([
    'arn:aws:iam::111122223333:role/Dev assumes k8s://c1/users/kubernetes-admin',
  ]);
});

test('the reason for allowing is evidence of a binding, named as the inventory names it', () => {
  const reason =
    'RBAC: allowed by RoleBinding "read/shop" of ClusterRole "view" to ServiceAccount "app/shop"';
  const found = read(event({ annotations: { 'authorization.k8s.io/reason': reason } }));
  expect(found.edgesOf('attached')[0]).toMatchObject({
    from: 'k8s://c1/serviceaccounts/shop/app',
    to: 'k8s://c1/clusterroles/shop/view',
    qualifier: 'RoleBinding shop/read',
  });
});

test.each([
  [{ responseStatus: { code: 403 } }, 'denied'],
  [{ annotations: { 'authorization.k8s.io/decision': 'forbid' } }, 'denied'],
  [{ responseStatus: { code: 404 } }, 'failed'],
])('%j is %s', (changes, outcome) => {
  expect(read(event(changes)).events[0]?.outcome).toBe(outcome);
});

test('AKS, CloudWatch and GKE wrappings are opened', () => {
  const aks = {
    category: 'kube-audit',
    resourceId: '/SUB/X/MANAGEDCLUSTERS/AKS-1',
    properties: { log: JSON.stringify(event()) },
  };
  expect(read(aks).events[0]?.target).toBe('k8s://aks-1/secrets/shop/db');
  expect(read({ message: JSON.stringify(event()) }).events.length).toBe(1);
  const gke = {
    insertId: 'g-1',
    timestamp: '2025-01-01T00:00:00Z',
    resource: { type: 'k8s_cluster', labels: { cluster_name: 'gke-1' } },
    protoPayload: {
      methodName: 'io.k8s.core.v1.pods.exec.create',
      resourceName: 'core/v1/namespaces/shop/pods/web/exec',
      authenticationInfo: { principalEmail: 'dev@example.com' },
      status: { code: 7 },
    },
  };
  expect(read(gke).events[0]).toMatchObject({
    id: 'g-1',
    actor: 'mailto:dev@example.com',
    action: 'create pods/exec',
    target: 'k8s://gke-1/pods%2Fexec/shop',
    outcome: 'denied',
  });
});

test.each([[{ kind: 0 }], ['text'], [event({ user: {} })], [event({ requestReceivedTimestamp: 'soon' })]])(
  '%j is rejected',
  (value) => {
    expect(collectValue(kubernetesAudit, [value]).rejected.length).toBe(1);
  },
);

test('audit events are recognised without apiVersion too, manifests are not', () => {
  const { apiVersion: _, ...bare } = event();
  expect(kubernetesAudit.recognise(sampleOf(JSON.stringify(bare)))).toBeGreaterThan(0.9);
  expect(kubernetesAudit.recognise(sampleOf('{"apiVersion":"v1","kind":"Pod","metadata":{}}'))).toBe(0);
});

type Expected = {
  events: number;
  events_usable: number;
  distinct_audit_ids: number;
  distinct_usernames: number;
  response_codes: Record<string, number>;
};

test.skipIf(!hasSharedData)('the public falco events give the counted events, actors and rejections', () => {
  const expected = (expectedCounts('k8s_audit') as { falco: Expected }).falco;
  const found = collect(kubernetesAudit, sharedInputs('k8s-audit/falco'));
  expect(found.records).toBe(expected.events);
  expect(found.events.length).toBe(expected.events_usable);
  expect(found.rejected.length).toBe(expected.events - expected.events_usable);
  expect(new Set(found.events.map(({ id }) => id)).size).toBe(expected.distinct_audit_ids);
  expect(new Set(found.events.map(({ actor }) => actor)).size).toBe(expected.distinct_usernames);
  expect(found.breaches()).toEqual([]);
});

test.skipIf(!hasSharedData)('the public EKS events give the counted events', () => {
  const expected = (expectedCounts('k8s_audit') as { panther_eks: Expected }).panther_eks;
  const logs = sharedInputs('k8s-audit/panther-eks').flatMap(({ text }) =>
    (parse(text) as { Tests: { Log: unknown }[] }).Tests.map(({ Log }) => Log),
  );
  const found = collectValue(kubernetesAudit, logs);
  expect(found.records).toBe(expected.events);
  expect(found.records - found.rejected.length).toBe(expected.events_usable);
  expect(new Set(found.events.map(({ actor }) => actor)).size).toBeLessThanOrEqual(
    expected.distinct_usernames,
  );
});
