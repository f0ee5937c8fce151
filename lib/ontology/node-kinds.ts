/**
 * What a node of the trust graph can be. The group says what part it plays:
 * accountable (owns), acting (an identity), proof (a credential), entitlement (a permission set), target (a resource).
 */
export type NodeGroup = 'accountable' | 'acting' | 'proof' | 'entitlement' | 'target';

type NodeKindRule = {
  readonly group: NodeGroup;
  /** One word for screens, singular and plural. */
  readonly label: string;
  readonly plural: string;
  /** The Cytoscape shape; kinds differ in shape so that colour is never the only sign. */
  readonly shape: string;
};

export const NODE_KINDS = {
  person: { group: 'accountable', label: 'Person', plural: 'People', shape: 'ellipse' },
  team: { group: 'accountable', label: 'Team', plural: 'Teams', shape: 'round-octagon' },
  service: { group: 'acting', label: 'Service', plural: 'Services', shape: 'round-rectangle' },
  agent: { group: 'acting', label: 'Agent', plural: 'Agents', shape: 'star' },
  pipeline: { group: 'acting', label: 'Pipeline', plural: 'Pipelines', shape: 'right-rhomboid' },
  integration: { group: 'acting', label: 'Integration', plural: 'Integrations', shape: 'cut-rectangle' },
  service_account: {
    group: 'acting',
    label: 'Service account',
    plural: 'Service accounts',
    shape: 'round-hexagon',
  },
  role: { group: 'acting', label: 'Role', plural: 'Roles', shape: 'hexagon' },
  group: { group: 'acting', label: 'Group', plural: 'Groups', shape: 'octagon' },
  credential: { group: 'proof', label: 'Credential', plural: 'Credentials', shape: 'diamond' },
  policy: { group: 'entitlement', label: 'Policy', plural: 'Policies', shape: 'tag' },
  resource: { group: 'target', label: 'Resource', plural: 'Resources', shape: 'barrel' },
} as const satisfies Record<string, NodeKindRule>;

export type NodeKind = keyof typeof NODE_KINDS;
export const NODE_KIND_NAMES = Object.keys(NODE_KINDS) as readonly NodeKind[];

/** Kinds that can act. A person can act too; what "identities without owner" counts are the non-human ones. */
export const IDENTITY_KINDS = [
  'person',
  'service',
  'agent',
  'pipeline',
  'integration',
  'service_account',
  'role',
  'group',
] as const satisfies readonly NodeKind[];

/** Identities that are not people: these must have an owner. */
export const NON_HUMAN_KINDS = [
  'service',
  'agent',
  'pipeline',
  'integration',
  'service_account',
  'role',
] as const satisfies readonly NodeKind[];

export const SENSITIVITIES = ['public', 'internal', 'confidential', 'restricted', 'crown_jewel'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'shared'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
