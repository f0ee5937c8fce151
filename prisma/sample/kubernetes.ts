import { stringify } from 'yaml';
import type { JsonObject } from '#lib/core/json.ts';
import type { Cluster } from './accounts.ts';
import { namespacesOf } from './kubernetes-objects.ts';
import { Random } from './random.ts';
import type { RbacBinding, RbacRole, ServiceAccount, Workload, World } from './world.ts';

/** The objects of one cluster as `kubectl get … -o yaml` files, by file name. */
export function clusterFiles(world: World, cluster: Cluster): Map<string, string> {
  const mine = <T extends { cluster: Cluster }>(items: readonly T[]): T[] =>
    items.filter((item) => item.cluster === cluster);
  const accounts = mine(world.serviceAccounts);
  return new Map([
    ['namespaces.yaml', documents(namespacesOf(cluster).map(namespaceObject))],
    ['serviceaccounts.yaml', documents(accounts.map((account) => accountObject(world, account)))],
    ['roles.yaml', documents(mine(world.rbacRoles).map(roleObject))],
    ['bindings.yaml', documents(mine(world.rbacBindings).map(bindingObject))],
    ['workloads.yaml', documents(mine(world.workloads).map(workloadObject))],
    [
      'token-secrets.yaml',
      documents(
        accounts.filter((account) => account.tokenSecret).map((account) => secretObject(world, account)),
      ),
    ],
  ]);
}

export function documents(objects: readonly JsonObject[]): string {
  return objects
    .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
    .join('');
}

const plain = (map: ReadonlyMap<string, string>): JsonObject => Object.fromEntries(map);

const namespaceObject = (name: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
});

function accountObject(world: World, account: ServiceAccount): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: account.name,
      namespace: account.namespace,
      uid: new Random(world.seed, `uid/${account.cluster.name}/${account.namespace}/${account.name}`).uuid(),
      creationTimestamp: world.calendar.time(account.createdDaysAgo, 33_000),
      labels: plain(account.labels),
      ...(account.annotations.size > 0 ? { annotations: plain(account.annotations) } : {}),
    },
    ...(account.name === 'default' ? { automountServiceAccountToken: false } : {}),
    ...(account.tokenSecret ? { secrets: [{ name: secretName(account) }] } : {}),
  };
}

const secretName = (account: ServiceAccount): string => `${account.name}-token`;

/** Without `data`: an inventory has no business with the token itself. */
const secretObject = (world: World, account: ServiceAccount): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: {
    name: secretName(account),
    namespace: account.namespace,
    creationTimestamp: world.calendar.time(account.createdDaysAgo, 33_060),
    annotations: { 'kubernetes.io/service-account.name': account.name },
  },
});

function roleObject(role: RbacRole): JsonObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: role.namespace === null ? 'ClusterRole' : 'Role',
    metadata: { name: role.name, ...(role.namespace === null ? {} : { namespace: role.namespace }) },
    rules: role.rules,
  };
}

function bindingObject(binding: RbacBinding): JsonObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: binding.namespace === null ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: {
      name: binding.name,
      ...(binding.namespace === null ? {} : { namespace: binding.namespace }),
    },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...binding.role },
    subjects: binding.subjects.map((subject) =>
      subject.kind === 'Group' ? { apiGroup: 'rbac.authorization.k8s.io', ...subject } : { ...subject },
    ),
  };
}

function workloadObject(workload: Workload): JsonObject {
  const labels = plain(workload.labels);
  const template = {
    metadata: { labels },
    spec: {
      serviceAccountName: workload.serviceAccount,
      containers: [{ name: workload.name, image: workload.image }],
      ...(workload.kind === 'CronJob' ? { restartPolicy: 'Never' } : {}),
    },
  };
  const metadata = { name: workload.name, namespace: workload.namespace, labels };
  if (workload.kind === 'CronJob')
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: { schedule: '15 2 * * *', jobTemplate: { spec: { template } } },
    };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 2, selector: { matchLabels: { 'app.kubernetes.io/name': workload.name } }, template },
  };
}
