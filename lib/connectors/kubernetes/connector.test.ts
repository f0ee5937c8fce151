import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { kubernetes } from './connector.ts';
import { unwrap } from './objects.ts';
import { expandRule, readRules } from './rules.ts';

const read = (yaml: string, complete = false): Collected => {
  const found = collect(
    kubernetes,
    { file: 'cluster.yaml', text: yaml, syntax: 'yaml' },
    { complete, defaults: { tenant: 'c1' } },
  );
  expect(found.breaches()).toEqual([]);
  return found;
};

const account = (name: string, namespace = 'shop', extra = ''): string => `
apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}, namespace: ${namespace}${extra}}
---`;
const role = (kind: string, name: string, rules: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
rules: ${rules}
---`;
const bind = (kind: string, refKind: string, ref: string, subject: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: b-${ref}, namespace: shop}
roleRef: {kind: ${refKind}, name: ${ref}, apiGroup: rbac.authorization.k8s.io}
subjects: [${subject}]
---`;
const SA = (name: string): string => `{kind: ServiceAccount, name: ${name}}`;
const sa = (name: string, namespace = 'shop'): string => `k8s://c1/serviceaccounts/${namespace}/${name}`;

test('a RoleBinding to a ClusterRole is scoped to its namespace, a subject without namespace lives in it', () => {
  const found = read(
    account('app') +
      role('ClusterRole', 'reader', '[{apiGroups: [""], resources: [secrets, nodes], verbs: [get]}]') +
      bind('RoleBinding', 'ClusterRole', 'reader', SA('app')),
  );
  const policy = 'k8s://c1/clusterroles/shop/reader';
  expect(found.triples('attached')).toEqual([`${sa('app')} attached ${policy}`]);
  expect(found.edgesOf('attached')[0]?.qualifier).toBe('RoleBinding shop/b-reader');
  expect(found.edgesOf('grants', { from: policy }).map(({ to, level }) => [to, level])).toEqual([
    ['k8s://c1/secrets/shop', 'read'],
  ]);
  expect(
    found
      .edgesOf('grants', { from: 'k8s://c1/clusterroles/reader' })
      .map(({ to, pattern }) => [to, pattern?.glob]),
  ).toEqual([
    ['k8s://c1/secrets', 'k8s://c1/secrets/*'],
    ['k8s://c1/nodes', undefined],
  ]);
});

test('cluster-admin is admin of the cluster, also when the input lacks the role, and needs no escalation', () => {
  const found = read(
    account('op') +
      account('app') +
      bind(
        'ClusterRoleBinding',
        'ClusterRole',
        'cluster-admin',
        '{kind: ServiceAccount, name: op, namespace: shop}',
      ),
  );
  const [grant] = found.edgesOf('grants', { from: 'k8s://c1/clusterroles/cluster-admin' });
  expect([grant?.to, grant?.level]).toEqual(['k8s://c1', 'admin']);
  expect(found.nodes.get('k8s://c1/clusterroles/cluster-admin')?.standing).toBe('reference');
  expect(found.edgesOf('escalates')).toEqual([]);
  expect(found.triples('contains')).toContain('k8s://c1 contains k8s://c1/namespaces/shop');
});

test.each([
  ['{apiGroups: [""], resources: [pods], verbs: [create]}', 'k8s-create-pod', ['app', 'other']],
  ['{apiGroups: [apps], resources: ["*"], verbs: [patch]}', 'k8s-create-workload', ['app', 'other']],
  [
    '{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create], resourceNames: [other]}',
    'k8s-create-token',
    ['other'],
  ],
  [
    '{apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate]}',
    'k8s-impersonate-service-account',
    ['app', 'other'],
  ],
  ['{apiGroups: [""], resources: [secrets], verbs: [create, get]}', 'k8s-token-secret', ['app', 'other']],
  ['{apiGroups: [""], resources: [pods/exec], verbs: [create]}', 'k8s-pod-exec', ['app']],
])('in one namespace %s escalates by %s', (rule, technique, targets) => {
  const found = read(
    account('me') +
      account('app') +
      account('other') +
      account('far', 'elsewhere') +
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {template: {spec: {serviceAccountName: app, containers: []}}}\n---' +
      role('Role', 'r', `[${rule}]`) +
      bind('RoleBinding', 'Role', 'r', SA('me')),
  );
  const edges = found.edgesOf('escalates', { from: sa('me') });
  expect(edges.map((edge) => edge.to)).toEqual(targets.map((name) => sa(name)));
  expect(edges[0]?.props).toMatchObject({ technique, bindings: ['RoleBinding shop/b-r'] });
});

test('reading Secrets reaches the tokens in them, and their values are never read', () => {
  const found = read(
    account('app') +
      `
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: app-token
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: app
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"token":"CANARY"}}'
data: {token: CANARY}
stringData: {password: CANARY}
---`,
  );
  expect(found.text()).not.toContain('CANARY');
  expect(found.triples('exposes', 'authenticates')).toEqual([
    'k8s://c1/secrets exposes k8s://c1/secrets/shop/app-token/token',
    `k8s://c1/secrets/shop exposes k8s://c1/secrets/shop/app-token/token`,
    `k8s://c1/secrets/shop/app-token exposes k8s://c1/secrets/shop/app-token/token`,
    `k8s://c1/secrets/shop/app-token/token authenticates ${sa('app')}`,
  ]);
});

test('workload identity annotations lead to the cloud identity', () => {
  const found = read(`
apiVersion: v1
kind: ServiceAccount
metadata:
  name: app
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/app/Uploader
    iam.gke.io/gcp-service-account: App@proj.iam.gserviceaccount.com
    azure.workload.identity/client-id: 1B2C
    team: payments`);
  expect(found.triples('assumes')).toEqual([
    `${sa('app')} assumes arn:aws:iam::111122223333:role/app/Uploader`,
    `${sa('app')} assumes entra://apps/1b2c`,
    `${sa('app')} assumes gcp://serviceAccounts/app@proj.iam.gserviceaccount.com`,
  ]);
  expect(found.claims).toMatchObject([
    { owner: 'team://payments', node: sa('app'), evidence: 'team: payments' },
  ]);
});

test('a Deployment stands for its ReplicaSets and Pods; a Pod without its controller in the input for the controller', () => {
  const pod = (name: string, owner: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, ownerReferences: [{kind: ReplicaSet, name: ${owner}, controller: true}]}\nspec: {serviceAccountName: app, containers: [{env: [{name: X, value: CANARY, valueFrom: {secretKeyRef: {name: db}}}]}]}\n---\n`;
  const found = read(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {template: {spec: {containers: []}}}\n---\n' +
      'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web-1, namespace: shop, ownerReferences: [{kind: Deployment, name: web, controller: true}]}\nspec: {template: {spec: {containers: []}}}\n---\n' +
      pod('web-1-a', 'web-1') +
      pod('api-1-a', 'api-1') +
      pod('api-1-b', 'api-1'),
  );
  expect(found.nodesOf('service').map((node) => node.key)).toEqual([
    'k8s://c1/deployments/shop/web',
    'k8s://c1/replicasets/shop/api-1',
  ]);
  expect(found.triples('runs_as', 'grants')).toEqual([
    'k8s://c1/deployments/shop/web runs_as k8s://c1/serviceaccounts/shop/default',
    'k8s://c1/replicasets/shop/api-1 grants k8s://c1/secrets/shop/db',
    `k8s://c1/replicasets/shop/api-1 runs_as ${sa('app')}`,
  ]);
  expect(found.text()).not.toContain('CANARY');
});

test('binding any role is administering: of the namespace, or of the cluster through system:masters', () => {
  const rules = '[{apiGroups: [rbac.authorization.k8s.io], resources: ["*"], verbs: [bind, create]}]';
  const local = read(account('me') + role('Role', 'r', rules) + bind('RoleBinding', 'Role', 'r', SA('me')));
  const grant = local.edgesOf('grants', { from: sa('me') })[0];
  expect([grant?.to, grant?.level]).toEqual(['k8s://c1/namespaces/shop', 'admin']);
  const wide = read(
    account('me') +
      role('ClusterRole', 'r', rules) +
      bind('ClusterRoleBinding', 'ClusterRole', 'r', '{kind: ServiceAccount, name: me, namespace: shop}'),
  );
  expect(wide.triples('escalates')).toEqual([`${sa('me')} escalates k8s://c1/groups/system:masters`]);
  expect(wide.edgesOf('grants', { from: 'k8s://c1/groups/system:masters' })[0]?.level).toBe('admin');
});

test('an aggregated ClusterRole has the rules of the roles that its selectors match', () => {
  const found = read(
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: sum}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {agg: "yes"}}]}\nrules: []\n---\n' +
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: part, labels: {agg: "yes"}}\nrules: [{apiGroups: [""], resources: [configmaps], verbs: [list]}]\n',
  );
  expect(found.edgesOf('grants', { from: 'k8s://c1/clusterroles/sum' }).map(({ to }) => to)).toEqual([
    'k8s://c1/configmaps',
  ]);
});

test('every service account is in the groups that a binding may name', () => {
  const found = read(
    account('a') +
      account('b') +
      bind('RoleBinding', 'ClusterRole', 'view', '{kind: Group, name: "system:serviceaccounts:shop"}'),
  );
  expect(found.triples('member_of')).toEqual(
    ['a', 'b'].map((name) => `${sa(name)} member_of k8s://c1/groups/system:serviceaccounts:shop`),
  );
});

test('lists are opened, also typed ones whose items lack a kind; scopes are complete only when stated', () => {
  const item = { metadata: { name: 'r', namespace: 'n' }, rules: [] };
  expect(unwrap({ kind: 'RoleList', items: [item] }).map((one) => one['kind'])).toEqual(['Role']);
  const found = collectValue(
    kubernetes,
    { kind: 'List', items: [{ kind: 'List', items: [{ ...item, kind: 'Role' }] }, { no: 'kind' }] },
    { complete: true },
  );
  expect(found.nodesOf('policy').map((node) => node.key)).toEqual(['k8s://default/roles/n/r']);
  expect(found.rejected.map(({ reason }) => reason)).toEqual(['the object has no kind']);
  expect(found.scopes).toEqual([{ scope: 'k8s:default:rbac', complete: true }]);
});

test('what the person stated of the environment holds where the objects say nothing', () => {
  const object = (name: string, labels: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'n', labels },
  });
  const found = collectValue(kubernetes, [object('a', {}), object('b', { env: 'dev' })], {
    defaults: { environment: 'production' },
  });
  expect(found.nodesOf('service').map(({ environment }) => environment)).toEqual([
    'production',
    'development',
  ]);
});

test('objects are recognised, an audit event or a catalogue entity is not', () => {
  expect(
    kubernetes.recognise(sampleOf(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }))),
  ).toBeGreaterThan(0.9);
  expect(
    kubernetes.recognise(
      sampleOf(JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Event', metadata: {} })),
    ),
  ).toBe(0);
  expect(kubernetes.recognise(sampleOf('apiVersion: v1\nkind: Pod\n', 'x', 'yaml'))).toBeGreaterThan(0.5);
});

type Expected = {
  binding_edges_distinct_subject_binding_role: number;
  objects_by_kind: Record<string, number>;
  service_accounts_without_binding: string[];
  rule_shapes: { rules: number; expanded_triples_group_resource_verb: number };
};

test.skipIf(!hasSharedData)('the public manifests give the counted objects and binding edges', () => {
  const expected = expectedCounts('k8s_rbac') as Expected;
  const inputs = [
    ...sharedInputs('k8s-rbac/kube-prometheus'),
    ...sharedInputs('k8s-rbac/spire-quickstart'),
  ].map((input) => ({
    ...input,
    syntax: 'yaml' as const,
  }));
  const found = collect(kubernetes, inputs);
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  const attached = new Set(
    found.edgesOf('attached').map((edge) => `${edge.from} ${edge.qualifier ?? ''} ${edge.to}`),
  );
  expect(attached.size).toBe(expected.binding_edges_distinct_subject_binding_role);
  const inventory = (kind: 'policy' | 'service_account') =>
    found.nodesOf(kind).filter(({ standing }) => standing === 'inventory');
  const roles = (expected.objects_by_kind['Role'] ?? 0) + (expected.objects_by_kind['ClusterRole'] ?? 0);
  expect(inventory('policy').length).toBe(roles);
  expect(inventory('service_account').length).toBe(expected.objects_by_kind['ServiceAccount']);
  const bound = new Set(found.edgesOf('attached').map((edge) => edge.from));
  const unbound = inventory('service_account').filter(({ key }) => !bound.has(key));
  expect(unbound.map(({ name }) => name).sort()).toEqual(expected.service_accounts_without_binding);
  const rules = inventoryRules(inputs);
  expect(rules.length).toBe(expected.rule_shapes.rules);
  expect(rules.flatMap(expandRule).length).toBe(expected.rule_shapes.expanded_triples_group_resource_verb);
});

function inventoryRules(inputs: Parameters<typeof collect>[1]) {
  const rules: ReturnType<typeof readRules> = [];
  const spy = {
    ...kubernetes,
    open: () => ({
      record: ({ value }: { value: unknown }) => {
        for (const object of unwrap(value)) rules.push(...readRules(object['rules']));
      },
      end: () => undefined,
    }),
  };
  collect(spy, inputs);
  return rules;
}
