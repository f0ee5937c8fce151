import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { id, ids, list, objects, texts } from '../read-value.ts';

/** One PolicyRule of a Role or ClusterRole. `names` empty = every object of the types. */
export type Rule = {
  groups: readonly string[];
  resources: readonly string[];
  verbs: readonly string[];
  names: readonly string[];
  urls: readonly string[];
};

const ENTRIES_MAX = 500;

/** Rules as they stand; the core API group, spelled "", stays as "". */
export function readRules(value: unknown): Rule[] {
  return objects(value).map((rule) => ({
    groups: groupsOf(rule['apiGroups']),
    resources: ids(rule['resources'], 'resource').slice(0, ENTRIES_MAX),
    verbs: ids(rule['verbs'], 'verb').map((verb) => verb.toLowerCase()),
    names: ids(rule['resourceNames'], 'resource name').slice(0, ENTRIES_MAX),
    urls: texts(rule['nonResourceURLs']).slice(0, ENTRIES_MAX),
  }));
}

function groupsOf(value: unknown): string[] {
  const groups = list(value).map((group) => (group === '' ? '' : id(group, 'API group')));
  const known = groups.filter((group) => group !== undefined);
  return known.length === 0 ? [''] : known.slice(0, ENTRIES_MAX);
}

/** `secrets`, `deployments.apps`, `pods/exec`: how a type is written in one word. */
export function typeName(group: string, resource: string): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** Every (group, resource, verb) that a rule names, wildcards as they stand. */
export function expandRule(rule: Rule): { group: string; resource: string; verb: string }[] {
  return rule.groups.flatMap((group) =>
    rule.resources.flatMap((resource) => rule.verbs.map((verb) => ({ group, resource, verb }))),
  );
}

const VERB_LEVELS = new Map<string, AccessLevel>([
  ['get', 'read'],
  ['list', 'read'],
  ['watch', 'read'],
  ['use', 'use'],
  ['proxy', 'use'],
  ['create', 'write'],
  ['update', 'write'],
  ['patch', 'write'],
  ['delete', 'write'],
  ['deletecollection', 'write'],
  ['approve', 'write'],
  ['sign', 'write'],
  ['attest', 'write'],
  ['impersonate', 'admin'],
  ['bind', 'admin'],
  ['escalate', 'admin'],
  ['*', 'admin'],
]);

/** Highest access level of the verbs; an unknown verb (extensions add their own) counts as use. */
export function levelOf(verbs: readonly string[]): AccessLevel {
  let highest: AccessLevel = 'read';
  for (const verb of verbs) {
    const level = VERB_LEVELS.get(verb) ?? 'use';
    if (ACCESS_LEVELS[level] > ACCESS_LEVELS[highest]) highest = level;
  }
  return highest;
}

/**
 * Whether a rule allows a verb on a type. `*` stands for any group, resource or verb; a resource `*` covers its
 * subresources, and `*` + `/scale` covers that subresource of everything (RBAC reference, "Referring to resources").
 */
export function allows(rule: Rule, group: string, resource: string, verb: string): boolean {
  return (
    matches(rule.verbs, verb) &&
    matches(rule.groups, group) &&
    rule.resources.some((one) => one === '*' || one === resource || one === anyParent(resource))
  );
}

const matches = (values: readonly string[], wanted: string): boolean =>
  values.includes(wanted) || values.includes('*');

const anyParent = (resource: string): string => {
  const slash = resource.indexOf('/');
  return slash === -1 ? resource : `*${resource.slice(slash)}`;
};

/** The rule hands over everything in its scope: any verb on any resource of any group. */
export function isStar(rule: Rule): boolean {
  return (
    rule.names.length === 0 &&
    rule.verbs.includes('*') &&
    rule.groups.includes('*') &&
    rule.resources.includes('*')
  );
}
