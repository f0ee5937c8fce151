import {
  CLUSTERS,
  PRODUCTION,
  PRODUCTION_CLUSTER,
  STAGING,
  STAGING_CLUSTER,
  TOOLS_CLUSTER,
  type Cluster,
} from './accounts.ts';
import { ownerMark, ownerTags } from './ownership-tags.ts';
import { accountsOf, runsInCluster, serviceRoleArn, type Service } from './services.ts';
import { TEAMS } from './teams.ts';
import { randomOf, type RbacRule, type World } from './world.ts';

/** What every cluster runs to be one: name | rules as `group/resources/verbs`, `;` between rules. */
const OPERATORS: readonly (readonly [string, string])[] = [
  ['cert-renewer', '/secrets/get,list,create,update;cert-manager.io/certificates/get,list,watch,update'],
  ['ingress-controller', '/configmaps,endpoints,nodes,pods,services/list,watch;/secrets/get,list'],
  ['metrics-collector', '/nodes,nodes/metrics,services,endpoints,pods/get,list,watch'],
  ['release-controller', '*/*/*'],
];

const TOOLS: readonly (readonly [string, string])[] = [
  ['pipeline-runner', '/pods,pods/log,pods/exec/create,get,list,delete;/secrets/get,list'],
  ['image-scanner', '/pods/get,list;/secrets/get'],
  ['backup-agent', '/persistentvolumeclaims,secrets,configmaps/get,list'],
  [
    'preview-builder',
    '/namespaces,pods,services/create,delete,get,list;rbac.authorization.k8s.io/rolebindings/create,bind',
  ],
  ['load-generator', '/pods/create,delete,get'],
  ['notebook-hub', '/pods,persistentvolumeclaims/create,delete,get,list,watch'],
  ['secret-sync', '/secrets/get,list,create,update,patch'],
  ['trace-store', '/pods,nodes/get,list,watch'],
];

export function addKubernetesObjects(world: World): void {
  for (const service of world.services.filter(runsInCluster))
    for (const account of accountsOf(service))
      addService(world, service, account === STAGING ? STAGING_CLUSTER : PRODUCTION_CLUSTER);
  for (const cluster of CLUSTERS) {
    const operators = cluster === TOOLS_CLUSTER ? [...OPERATORS, ...TOOLS] : OPERATORS;
    for (const [name, rules] of operators) addOperator(world, cluster, name, rules);
    for (const namespace of namespacesOf(cluster))
      addAccount(world, cluster, namespace, 'default', 'platform');
    addReaders(world, cluster);
  }
}

export const namespacesOf = (cluster: Cluster): string[] =>
  cluster === TOOLS_CLUSTER
    ? ['default', 'kube-system', 'tools', 'runners']
    : ['default', 'kube-system', ...TEAMS.map((team) => team.id)];

function addService(world: World, service: Service, cluster: Cluster): void {
  const account = cluster.account;
  const random = randomOf(world, `workload/${cluster.name}/${service.name}`);
  addAccount(world, cluster, service.team, service.name, service.team, serviceRoleArn(service, account));
  world.workloads.push({
    cluster,
    namespace: service.team,
    name: service.name,
    kind: service.runtime === 'cron_job' ? 'CronJob' : 'Deployment',
    serviceAccount: service.name,
    image: `777788889999.dkr.ecr.eu-central-1.amazonaws.com/${service.team}/${service.name}:1.${service.name.length}.0`,
    labels: new Map([
      ['app.kubernetes.io/name', service.name],
      ['backstage.io/kubernetes-id', service.name],
      ['environment', account === PRODUCTION ? 'production' : 'staging'],
      // In production the catalogue says who owns it.
      ...(account === PRODUCTION ? [] : ownerTags(ownerMark(random), service.team, random)),
    ]),
  });
  addRules(world, cluster, service.team, service.name, [
    {
      apiGroups: [''],
      resources: ['configmaps'],
      verbs: ['get', 'watch'],
      resourceNames: [`${service.name}-settings`],
    },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update'] },
  ]);
}

function addAccount(
  world: World,
  cluster: Cluster,
  namespace: string,
  name: string,
  team: string,
  roleArn: string | null = null,
): void {
  const random = randomOf(world, `service-account/${cluster.name}/${namespace}/${name}`);
  world.serviceAccounts.push({
    cluster,
    namespace,
    name,
    roleArn,
    labels: new Map([['app.kubernetes.io/part-of', namespace]]),
    annotations: new Map([
      ...(name === 'default' ? [] : ownerTags(ownerMark(random), team, random)),
      ...(roleArn === null ? [] : ([['eks.amazonaws.com/role-arn', roleArn]] as const)),
    ]),
    tokenSecret: name !== 'default' && random.chance(0.22),
    createdDaysAgo: random.whole(40, 900),
  });
}

/** A role of the namespace and its binding to the service account of the same name. */
function addRules(world: World, cluster: Cluster, namespace: string, name: string, rules: RbacRule[]): void {
  world.rbacRoles.push({ cluster, namespace, name, rules });
  world.rbacBindings.push({
    cluster,
    namespace,
    name,
    role: { kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}

function addOperator(world: World, cluster: Cluster, name: string, rules: string): void {
  const namespace = cluster === TOOLS_CLUSTER ? 'tools' : 'kube-system';
  const random = randomOf(world, `workload/${cluster.name}/${name}`);
  addAccount(world, cluster, namespace, name, 'platform');
  world.rbacRoles.push({ cluster, namespace: null, name, rules: rules.split(';').map(readRule) });
  world.rbacBindings.push({
    cluster,
    namespace: null,
    name,
    role: { kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  world.workloads.push({
    cluster,
    namespace,
    name,
    kind: 'Deployment',
    serviceAccount: name,
    image: `registry.${cluster.name}.example/${name}:2.4.1`,
    labels: new Map([['app.kubernetes.io/name', name], ...ownerTags(ownerMark(random), 'platform', random)]),
  });
}

/** `group/resources/verbs`; resources may hold a slash (`pods/exec`), so the ends are cut off first. */
function readRule(text: string): RbacRule {
  const first = text.indexOf('/');
  const last = text.lastIndexOf('/');
  return {
    apiGroups: [text.slice(0, first)],
    resources: text.slice(first + 1, last).split(','),
    verbs: text.slice(last + 1).split(','),
  };
}

/** Every team may look at its own namespace through a group of the identity provider. */
function addReaders(world: World, cluster: Cluster): void {
  if (cluster === TOOLS_CLUSTER) return;
  world.rbacRoles.push({
    cluster,
    namespace: null,
    name: 'team-reader',
    rules: [
      {
        apiGroups: ['', 'apps', 'batch'],
        resources: ['pods', 'deployments', 'jobs', 'services'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  });
  for (const team of TEAMS)
    world.rbacBindings.push({
      cluster,
      namespace: team.id,
      name: 'team-reader',
      role: { kind: 'ClusterRole', name: 'team-reader' },
      subjects: [{ kind: 'Group', name: `meridian:${team.id}` }],
    });
}
