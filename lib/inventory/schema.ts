import { z } from 'zod';
import { ACCESS_LEVEL_NAMES, EDGE_KIND_NAMES, type EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { IDENTITY_KINDS, NODE_KIND_NAMES, SENSITIVITIES, type NodeKind } from '#lib/ontology/node-kinds.ts';

/** Shapes of the inventory API; safe for the browser. Times are ISO 8601 in UTC. */

/** What each tab of the inventory lists. */
export const NODE_GROUPS = {
  identities: IDENTITY_KINDS.filter((kind) => kind !== 'person'),
  credentials: ['credential'],
  resources: ['resource'],
  policies: ['policy'],
  accountable: ['team', 'person'],
} as const satisfies Record<string, readonly NodeKind[]>;
export type NodeGroupName = keyof typeof NODE_GROUPS;
export const NODE_GROUP_NAMES = Object.keys(NODE_GROUPS) as readonly NodeGroupName[];

/** Edges that let an identity do something or become another; what the list of permissions shows unless asked otherwise. */
export const PERMISSION_KINDS = [
  'grants',
  'assumes',
  'attached',
  'escalates',
  'runs_as',
] as const satisfies readonly EdgeKind[];

/** `unobservable`: no log could have seen the use; never the same as unused. */
export const USE_STATES = ['used', 'unused', 'unobservable'] as const;
/** `standing`: no end is known; `dated`: ends after more than a day; `short`: lives a day at most. */
export const LIFETIMES = ['standing', 'dated', 'short'] as const;
export const EXPIRY_FILTERS = ['expired', '7', '30', '90'] as const;
export const ATTESTATION_FILTERS = ['in_date', 'lapsed', 'never'] as const;

const split = (text: unknown) => (typeof text !== 'string' ? text : text === '' ? [] : text.split(','));
const list = <O>(item: z.ZodType<O>) => z.preprocess(split, z.array(item).max(50)).default([]);
const word = z.string().max(200);

const pageFields = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce
    .number()
    .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
    .default(50),
  q: z.string().max(2_048).default(''),
  cols: list(z.string().max(64)),
  format: z.enum(['json', 'csv']).default('json'),
};

const NODE_SORTS = [
  'name',
  'kind',
  'type',
  'provider',
  'tenant',
  'environment',
  'zone',
  'sensitivity',
  'owner',
  'lastUsed',
  'createdAt',
  'rotatedAt',
  'expiresAt',
  'attestedUntil',
] as const;
export type NodeSort = (typeof NODE_SORTS)[number];

const sorted = <const Names extends readonly string[]>(names: Names, initial: string) =>
  z
    .string()
    .default(initial)
    .transform((text) => ({ column: text.replace(/^-/, ''), descending: text.startsWith('-') }))
    .pipe(z.object({ column: z.enum(names as unknown as [Names[number]]), descending: z.boolean() }));

export const nodeFilterFields = {
  group: z.enum(NODE_GROUP_NAMES as [NodeGroupName]).default('identities'),
  kind: list(z.enum(NODE_KIND_NAMES)),
  type: list(word),
  provider: list(word),
  tenant: list(word),
  environment: list(word),
  zone: list(word),
  sensitivity: list(z.enum([...SENSITIVITIES, 'none'])),
  /** `owned`, `unowned`, or ids of team and person nodes. */
  owner: list(word),
  lifetime: list(z.enum(LIFETIMES)),
  use: list(z.enum(USE_STATES)),
  standing: list(z.enum(['reference', 'log', 'inventory'])),
  managed: list(z.enum(['yes', 'no'])),
  expiring: list(z.enum(EXPIRY_FILTERS)),
  attested: list(z.enum(ATTESTATION_FILTERS)),
  ended: list(z.enum(['yes', 'no'])),
};

export const listNodesQuery = z.strictObject({
  ...pageFields,
  ...nodeFilterFields,
  sort: sorted(NODE_SORTS, 'name'),
});
export type ListNodesQuery = z.output<typeof listNodesQuery>;

const time = z.string().nullable();
const text = z.string().nullable();
export const nodeRow = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(NODE_KIND_NAMES),
  type: text,
  standing: z.enum(['reference', 'log', 'inventory']),
  provider: text,
  tenant: text,
  environment: text,
  zone: text,
  sensitivity: z.enum(SENSITIVITIES).nullable(),
  owner: text,
  ownerKey: text,
  managed: z.boolean(),
  use: z.enum(USE_STATES),
  lastUsed: time,
  lifetime: z.enum(LIFETIMES).nullable(),
  createdAt: time,
  rotatedAt: time,
  expiresAt: time,
  attestedUntil: time,
  ended: z.boolean(),
  findings: z.number(),
});
export type NodeListRow = z.output<typeof nodeRow>;
export const nodePage = z.object({ rows: z.array(nodeRow), total: z.number() });
export type NodePage = z.output<typeof nodePage>;

/** How many nodes of a group have each value of what can be filtered by; the most frequent first. */
export const facetsQuery = z.strictObject({ group: nodeFilterFields.group });
const facet = z.array(z.object({ value: z.string(), count: z.number() }));
export const facetsView = z.object({
  kind: facet,
  type: facet,
  provider: facet,
  tenant: facet,
  environment: facet,
  zone: facet,
  sensitivity: facet,
});
export type FacetsView = z.output<typeof facetsView>;

const PERMISSION_SORTS = [
  'from',
  'kind',
  'to',
  'level',
  'via',
  'lastExercised',
  'count',
  'source',
  'validFrom',
] as const;
export type PermissionSort = (typeof PERMISSION_SORTS)[number];

export const listPermissionsQuery = z.strictObject({
  ...pageFields,
  sort: sorted(PERMISSION_SORTS, 'from'),
  /** Keys of the ends: of one node, or of what it is bound to when `through` is said. */
  from: z.string().max(2_048).optional(),
  to: z.string().max(2_048).optional(),
  /** With `from`: also what the node has through its policies and groups. */
  through: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  kind: list(z.enum(EDGE_KIND_NAMES)),
  level: list(z.enum(ACCESS_LEVEL_NAMES)),
  use: list(z.enum(USE_STATES)),
  condition: list(z.enum(['conditional', 'limited', 'pattern', 'plain'])),
  environment: list(word),
  sensitivity: list(z.enum([...SENSITIVITIES, 'none'])),
  source: list(word),
});
export type ListPermissionsQuery = z.output<typeof listPermissionsQuery>;

const end = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(NODE_KIND_NAMES),
});
export const permissionRow = z.object({
  id: z.number(),
  kind: z.enum(EDGE_KIND_NAMES),
  from: end,
  to: end.extend({ environment: text, sensitivity: z.enum(SENSITIVITIES).nullable() }),
  level: z.enum(ACCESS_LEVEL_NAMES).nullable(),
  via: text,
  conditional: z.boolean(),
  limited: z.boolean(),
  pattern: text,
  use: z.enum(USE_STATES),
  lastExercised: time,
  count: z.number(),
  /** What looked for its use, where its use is observable. */
  observedBy: text,
  observedFrom: time,
  source: z.string(),
  validFrom: z.string(),
});
export type PermissionListRow = z.output<typeof permissionRow>;
export const permissionPage = z.object({ rows: z.array(permissionRow), total: z.number() });
export type PermissionPage = z.output<typeof permissionPage>;
