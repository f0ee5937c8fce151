import { k8sKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import { id } from '../read-value.ts';
import { readLabels } from '../stated-facts.ts';
import { annotation, type ApiObject } from './objects.ts';
import { clusterZone, serviceAccount } from './subjects.ts';
import type { Topology } from './topology.ts';

/**
 * States a Secret by its metadata alone; `data` is never read. One that holds a service account's long-lived token is
 * also a credential, which reading the Secret, or all Secrets of the namespace or cluster, yields.
 */
export function writeSecret(
  sink: FactSink,
  topology: Topology,
  object: ApiObject,
  namespace: string,
  scope: string,
): void {
  const { cluster } = topology;
  const key = topology.object('secrets', namespace, object.name);
  const type = id(object.body['type'], 'type') ?? 'Opaque';
  const created = object.createdAt === null ? {} : { createdAt: object.createdAt };
  sink.node(
    {
      key,
      kind: 'resource',
      standing: 'inventory',
      name: `${namespace}/${object.name}`,
      provider: 'kubernetes',
      tenant: cluster,
      zone: clusterZone(cluster),
      type: 'secret',
      sensitivity: 'restricted',
      ...created,
      labels: Object.fromEntries(readLabels(object.labels)),
      props: { secretType: type },
    },
    scope,
  );
  const account = id(annotation(object, 'kubernetes.io/service-account.name'), 'service account name');
  if (type !== 'kubernetes.io/service-account-token' || account === undefined) return;
  const credential = `${k8sKey(cluster, 'secrets', namespace, object.name)}/token`;
  sink.node(
    {
      key: credential,
      kind: 'credential',
      standing: 'inventory',
      name: `token in ${namespace}/${object.name}`,
      provider: 'kubernetes',
      tenant: cluster,
      zone: clusterZone(cluster),
      type: 'service_account_token',
      boundTo: 'workload',
      ...created,
      props: { longLived: true, reason: 'a token in a Secret never expires' },
    },
    scope,
  );
  const subject = serviceAccount(cluster, namespace, account);
  sink.node({ ...subject, standing: 'reference' });
  sink.edge({ from: credential, kind: 'authenticates', to: subject.key }, scope);
  for (const from of [key, topology.collection('secrets', namespace), topology.collection('secrets', null)]) {
    sink.edge({ from, kind: 'exposes', to: credential }, scope);
  }
}
