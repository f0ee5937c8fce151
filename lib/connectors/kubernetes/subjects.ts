import { k8sKey, personKey } from '#lib/core/keys.ts';
import type { NodeFact } from '../facts.ts';

const MAIL = /^[^\s@:]{1,64}@[^\s@:]+\.[^\s@:]+$/;
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** Facts of an identity without the standing, which the source of the mention decides. */
export type Subject = Omit<NodeFact, 'standing'>;

/** Trust zone of everything in one cluster. */
export const clusterZone = (cluster: string): string => `kubernetes:${cluster}`;

function located(cluster: string): Pick<NodeFact, 'provider' | 'tenant' | 'zone'> {
  return { provider: 'kubernetes', tenant: cluster, zone: clusterZone(cluster) };
}

export function serviceAccount(cluster: string, namespace: string, name: string): Subject {
  return {
    key: k8sKey(cluster, 'serviceaccounts', namespace, name),
    kind: 'service_account',
    name: `${namespace}/${name}`,
    ...located(cluster),
  };
}

export function groupSubject(cluster: string, name: string): Subject {
  return {
    key: k8sKey(cluster, 'groups', null, name),
    kind: 'group',
    name,
    ...(name.startsWith('system:') ? { managed: true } : {}),
    ...located(cluster),
  };
}

/**
 * Identity that a user name denotes. `system:serviceaccount:NS:NAME` is that service account; other `system:` and
 * vendor users (`eks:`, `aks`) are run by the cluster; a mail address, as OIDC sign-in gives it, is that person.
 */
export function userSubject(cluster: string, name: string): Subject {
  const account = SERVICE_ACCOUNT.exec(name);
  if (account) return serviceAccount(cluster, account[1] ?? '', account[2] ?? '');
  if (MAIL.test(name)) return { key: personKey(name), kind: 'person', name };
  const common = { key: k8sKey(cluster, 'users', null, name), name, ...located(cluster) };
  if (/^system:node:/.test(name)) return { ...common, kind: 'service_account', type: 'node', managed: true };
  if (/^(?:system|eks|aks|gke|vpc):/.test(name)) {
    return { ...common, kind: 'service_account', type: 'component', managed: true };
  }
  return { ...common, kind: 'person', type: 'cluster_user' };
}
