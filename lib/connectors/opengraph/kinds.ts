import { NODE_KIND_NAMES, type NodeKind } from '#lib/ontology/node-kinds.ts';

const PREFIX = 'BW_';

/** Kind of an exported node: `BW_ServiceAccount`. BloodHound kinds are words of letters, digits and underscores. */
export function openGraphKind(kind: NodeKind): string {
  return PREFIX + pascal(kind);
}

/** `service_account` as `ServiceAccount`. */
export function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

const OWN = new Map(NODE_KIND_NAMES.map((kind) => [openGraphKind(kind), kind]));

/** BloodHound's own kinds for Active Directory, Entra and GitHub, whose meaning is known. */
const KNOWN = new Map<string, NodeKind>([
  ['User', 'person'],
  ['AZUser', 'person'],
  ['Computer', 'resource'],
  ['AZDevice', 'resource'],
  ['AZVM', 'resource'],
  ['AZServicePrincipal', 'service_account'],
  ['AZManagedIdentity', 'service_account'],
  ['AZApp', 'integration'],
  ['AZRole', 'role'],
  ['AZTenant', 'resource'],
  ['AZSubscription', 'resource'],
  ['AZKeyVault', 'resource'],
  ['Domain', 'resource'],
  ['OU', 'resource'],
  ['GPO', 'resource'],
  ['Container', 'resource'],
  ['CertTemplate', 'resource'],
]);

/** Words in the name of a custom kind that say what it is, in the order in which they are looked for. */
const WORDS: readonly [RegExp, NodeKind][] = [
  [
    /service_?account|service_?principal|managed_?identity|machine_?user|workload_?identity/i,
    'service_account',
  ],
  [/secret_?manager|vault|repository|secret_?scanning/i, 'resource'],
  [/token|access_?key|api_?key|secret|credential|certificate|ssh_?key|client_?secret/i, 'credential'],
  [/policy|permission_?set/i, 'policy'],
  [/team/i, 'team'],
  [/group/i, 'group'],
  [/role/i, 'role'],
  [/agent/i, 'agent'],
  [/workflow|pipeline|runner|build|ci_?job/i, 'pipeline'],
  [/integration|oauth_?app|installation/i, 'integration'],
  [/user|person|member|principal|employee/i, 'person'],
  [/^(?:\w+_)?(?:app|application|service|function|workload)$/i, 'service'],
];

/** What a node is by its kinds (the first that means something decides); a thing of unknown kind is a resource. */
export function nodeKindOf(kinds: readonly string[]): NodeKind {
  for (const kind of kinds) {
    const exact = OWN.get(kind) ?? KNOWN.get(kind) ?? (/group$/i.test(kind) ? 'group' : undefined);
    if (exact !== undefined) return exact;
  }
  for (const kind of kinds) {
    const found = WORDS.find(([pattern]) => pattern.test(kind));
    if (found !== undefined) return found[1];
  }
  return 'resource';
}
