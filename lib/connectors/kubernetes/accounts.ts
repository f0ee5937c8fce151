import { awsKey, entraAppKey, entraKey, gcpServiceAccountKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { id, isTrue } from '../read-value.ts';
import { claimByLabels, readLabels } from '../stated-facts.ts';
import { annotation, type ApiObject } from './objects.ts';
import { serviceAccount } from './subjects.ts';
import type { Topology } from './topology.ts';

type CloudTrust = { to: NodeFact; qualifier: string };

/** States a service account, what its annotations let it become in a cloud, and who its annotations say owns it. */
export function writeServiceAccount(
  sink: FactSink,
  topology: Topology,
  object: ApiObject,
  namespace: string,
  scope: string,
): void {
  const subject = serviceAccount(topology.cluster, namespace, object.name);
  const labels = readLabels(object.labels, object.annotations);
  const automount = object.body['automountServiceAccountToken'];
  sink.node(
    {
      ...subject,
      standing: 'inventory',
      ...(object.createdAt === null ? {} : { createdAt: object.createdAt }),
      labels: Object.fromEntries(labels),
      ...(typeof automount === 'boolean' ? { props: { automountToken: isTrue(automount) } } : {}),
    },
    scope,
  );
  sink.edge({ from: topology.namespace(namespace), kind: 'contains', to: subject.key }, scope);
  for (const { to, qualifier } of cloudTrusts(object)) {
    sink.node(to);
    sink.edge({ from: subject.key, kind: 'assumes', to: to.key, qualifier }, scope);
  }
  claimByLabels(sink, subject.key, labels, scope);
}

/** Cloud identities that the workload-identity annotations of the three clouds name. */
function cloudTrusts(object: ApiObject): CloudTrust[] {
  const trusts: CloudTrust[] = [];
  const role = id(annotation(object, 'eks.amazonaws.com/role-arn'), 'role ARN', 700);
  if (role?.startsWith('arn:')) {
    const to: NodeFact = { key: awsKey(role), kind: 'role', standing: 'reference', provider: 'aws' };
    const account = role.split(':')[4];
    trusts.push({
      to: { ...to, name: role.slice(role.lastIndexOf('/') + 1), ...(account ? { tenant: account } : {}) },
      qualifier: 'eks.amazonaws.com/role-arn',
    });
  }
  const email = id(annotation(object, 'iam.gke.io/gcp-service-account'), 'Google service account');
  if (email !== undefined) {
    const key = gcpServiceAccountKey(email);
    const to: NodeFact = {
      key,
      kind: 'service_account',
      standing: 'reference',
      provider: 'gcp',
      name: email,
    };
    trusts.push({ to, qualifier: 'iam.gke.io/gcp-service-account' });
  }
  const client = id(annotation(object, 'azure.workload.identity/client-id'), 'client id');
  if (client !== undefined) {
    const tenant = id(annotation(object, 'azure.workload.identity/tenant-id'), 'tenant id');
    const key = tenant === undefined ? entraAppKey(client) : entraKey(tenant.toLowerCase(), 'apps', client);
    const to: NodeFact = {
      key,
      kind: 'service_account',
      standing: 'reference',
      provider: 'entra',
      name: client,
    };
    trusts.push({
      to: tenant === undefined ? to : { ...to, tenant },
      qualifier: 'azure.workload.identity/client-id',
    });
  }
  return trusts;
}
