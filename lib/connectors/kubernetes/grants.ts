import { k8sClusterKey, k8sCollectionKey, k8sKey } from '#lib/core/keys.ts';
import { ACCESS_LEVELS, type AccessLevel } from '#lib/ontology/edge-kinds.ts';
import type { EdgeFact } from '../facts.ts';
import { isStar, levelOf, type Rule, typeName } from './rules.ts';
import type { Topology } from './topology.ts';

/** Types that lie outside namespaces; a RoleBinding gives nothing on them. */
const CLUSTER_SCOPED = new Set([
  'nodes',
  'namespaces',
  'persistentvolumes',
  'users',
  'groups',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'tokenreviews.authentication.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'storageclasses.storage.k8s.io',
  'certificatesigningrequests.certificates.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
]);

type Grant = {
  to: string;
  verbs: Set<string>;
  level: AccessLevel;
  glob: string | null;
  qualifier: string;
  limitedBy?: string;
};

/** `grants` edges of a policy whose rules take effect in one namespace, or in the whole cluster (null). */
export function grantEdges(
  policy: string,
  rules: readonly Rule[],
  namespace: string | null,
  topology: Topology,
): EdgeFact[] {
  const grants = new Map<string, Grant>();
  for (const rule of rules) for (const grant of ruleGrants(rule, namespace, topology)) merge(grants, grant);
  return [...grants.values()].map((grant) => ({
    from: policy,
    kind: 'grants',
    to: grant.to,
    qualifier: grant.qualifier,
    level: grant.level,
    ...(grant.limitedBy === undefined ? {} : { limited: true }),
    props: {
      verbs: [...grant.verbs].slice(0, 30),
      ...(grant.limitedBy === undefined ? {} : { limitedBy: grant.limitedBy }),
    },
    ...(grant.glob === null ? {} : { pattern: { tenant: topology.cluster, glob: grant.glob } }),
  }));
}

function merge(grants: Map<string, Grant>, grant: Grant): void {
  const id = `${grant.to}\n${grant.qualifier}`;
  const before = grants.get(id);
  if (before === undefined) {
    grants.set(id, grant);
    return;
  }
  for (const verb of grant.verbs) before.verbs.add(verb);
  if (ACCESS_LEVELS[grant.level] > ACCESS_LEVELS[before.level]) before.level = grant.level;
}

function ruleGrants(rule: Rule, namespace: string | null, topology: Topology): Grant[] {
  const verbs = new Set(rule.verbs);
  const level = levelOf(rule.verbs);
  if (verbs.size === 0) return [];
  if (isStar(rule)) {
    return [{ to: topology.place(namespace), verbs, level: 'admin', glob: null, qualifier: 'everything' }];
  }
  const grants: Grant[] = [];
  for (const group of rule.groups) {
    for (const resource of rule.resources) {
      const wanted = wildcardTypes(group, resource);
      for (const type of wanted) grants.push(...typeGrants(rule, type, verbs, level, namespace, topology));
    }
  }
  if (rule.urls.length > 0 && namespace === null) {
    const to = topology.collection('nonresourceurls', null);
    const qualifier = rule.urls.join(', ').slice(0, 300);
    grants.push({ to, verbs, level, glob: null, qualifier });
  }
  return grants;
}

/** A wildcard stands for itself and, where it covers the core group, for Secrets, so that what they expose is reached. */
function wildcardTypes(group: string, resource: string): string[] {
  if (group !== '*' && resource !== '*') return [typeName(group, resource)];
  const types = [group === '*' && resource === '*' ? '*' : typeName(group, resource)];
  const coversSecrets = (group === '*' || group === '') && (resource === '*' || resource === 'secrets');
  return coversSecrets ? [...types, 'secrets'] : types;
}

function typeGrants(
  rule: Rule,
  type: string,
  verbs: Set<string>,
  level: AccessLevel,
  namespace: string | null,
  topology: Topology,
): Grant[] {
  if (type === '*') {
    const glob = `${k8sClusterKey(topology.cluster)}/${namespace === null ? '*' : `*/${namespace}/*`}`;
    return [{ to: topology.place(namespace), verbs, level, glob, qualifier: 'every type' }];
  }
  const [parent = type] = type.split('/');
  const isClusterScoped = CLUSTER_SCOPED.has(type) || CLUSTER_SCOPED.has(parent);
  if (isClusterScoped && namespace !== null) return [];
  const qualifier = type;
  if (rule.names.length > 0 && !isIdentityType(parent)) {
    return rule.names.map((name) => {
      if (namespace !== null || isClusterScoped) {
        return { to: topology.object(type, namespace, name), verbs, level, glob: null, qualifier };
      }
      const glob = k8sKey(topology.cluster, type.replaceAll('/', '%2F'), '*', name);
      return { to: topology.object(type, '*', name), verbs, level, glob, qualifier };
    });
  }
  const to = topology.collection(type, namespace);
  if (rule.names.length > 0) {
    const limitedBy = `only ${rule.names.join(', ')}`.slice(0, 300);
    return [{ to, verbs, level, glob: null, qualifier: `${type}, ${limitedBy}`, limitedBy }];
  }
  const glob =
    isClusterScoped || type.includes('*') ? null : `${k8sCollectionKey(topology.cluster, type, namespace)}/*`;
  const hasObjects = namespace === null || type === 'secrets';
  return [{ to, verbs, level, glob: hasObjects ? glob : null, qualifier }];
}

/** Types whose objects are identities, not resources: what may be done with one of them is an escalation. */
const isIdentityType = (type: string): boolean => ['serviceaccounts', 'users', 'groups'].includes(type);
