import type { Rule } from './rules.ts';

const rule = (groups: string, resources: string, verbs: string): Rule => ({
  groups: groups.split(',').map((group) => (group === 'core' ? '' : group)),
  resources: resources.split(','),
  verbs: verbs.split(','),
  names: [],
  urls: [],
});

const READ = 'get,list,watch';
const WRITE = 'create,delete,deletecollection,patch,update';
const WORKLOADS: readonly [string, string][] = [
  ['core', 'pods,replicationcontrollers'],
  ['apps', 'daemonsets,deployments,replicasets,statefulsets'],
  ['batch', 'cronjobs,jobs'],
];

const EDIT: readonly Rule[] = [
  ...WORKLOADS.map(([groups, resources]) => rule(groups, resources, `${READ},${WRITE}`)),
  rule('core', 'pods/attach,pods/exec,pods/portforward,pods/proxy,services/proxy', `get,list,watch,${WRITE}`),
  rule('core', 'configmaps,secrets,serviceaccounts,services,persistentvolumeclaims', `${READ},${WRITE}`),
  rule('core', 'serviceaccounts', 'impersonate'),
  rule('core', 'serviceaccounts/token', 'create'),
];

/**
 * What the roles that every cluster comes with allow, as far as trust goes; they stand in for the object when the
 * input lacks it (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles).
 */
export const BUILT_IN_ROLES: ReadonlyMap<string, readonly Rule[]> = new Map([
  ['cluster-admin', [rule('*', '*', '*')]],
  ['admin', [...EDIT, rule('rbac.authorization.k8s.io', 'rolebindings,roles', `${READ},${WRITE}`)]],
  ['edit', EDIT],
  [
    'view',
    [rule('core', 'configmaps,pods,pods/log,serviceaccounts,services', READ), rule('apps,batch', '*', READ)],
  ],
]);
