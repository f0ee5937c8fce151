import { z } from 'zod';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import { RULE_IDS } from './rule-ids.ts';

/** Shapes of the findings API; safe for the browser. Times are ISO 8601 in UTC. */

/** From the worst. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * `open`; `accepted` until a date, with a reason; `fixed`: the rule no longer holds, as a later import shows; `gone`: the
 * thing itself is no longer there.
 */
export const FINDING_STATES = ['open', 'accepted', 'fixed', 'gone'] as const;

/** One thing that the verdict rests on, in words; where it is about a node, its key. */
export const evidencePoint = z.object({
  text: z.string(),
  key: z.string().optional(),
  at: z.string().optional(),
});
export type EvidencePoint = z.output<typeof evidencePoint>;

/** What a finding rests on: one sentence, and the points with which a person can check it. */
export const evidence = z.object({
  summary: z.string(),
  points: z.array(evidencePoint),
  /** How many points there are beyond those listed. */
  more: z.number().default(0),
  /** What looked, from when to when, where the verdict rests on use that was not seen. */
  observed: z.object({ source: z.string(), from: z.string(), to: z.string() }).optional(),
});
export type Evidence = z.output<typeof evidence>;

const split = (text: unknown) => (typeof text !== 'string' ? text : text === '' ? [] : text.split(','));
const list = <O>(item: z.ZodType<O>) => z.preprocess(split, z.array(item).max(50)).default([]);
const SORTS = ['severity', 'title', 'node', 'owner', 'state', 'firstSeen', 'lastSeen', 'assignee'] as const;
export type FindingSort = (typeof SORTS)[number];

export const listFindingsQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce
    .number()
    .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
    .default(50),
  q: z.string().max(2_048).default(''),
  cols: list(z.string().max(64)),
  format: z.enum(['json', 'csv']).default('json'),
  sort: z
    .string()
    .default('-severity')
    .transform((text) => ({ column: text.replace(/^-/, ''), descending: text.startsWith('-') }))
    .pipe(z.object({ column: z.enum(SORTS), descending: z.boolean() })),
  /** Key of one node. */
  node: z.string().max(2_048).optional(),
  state: list(z.enum(FINDING_STATES)),
  severity: list(z.enum(SEVERITIES)),
  rule: list(z.enum(RULE_IDS)),
  kind: list(z.enum(NODE_KIND_NAMES)),
  environment: list(z.string().max(200)),
  owner: list(z.enum(['owned', 'unowned'])),
  assigned: list(z.enum(['me', 'somebody', 'nobody'])),
});
export type ListFindingsQuery = z.output<typeof listFindingsQuery>;

const time = z.string().nullable();
const text = z.string().nullable();

export const findingRow = z.object({
  id: z.string(),
  rule: z.enum(RULE_IDS),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(FINDING_STATES),
  node: z.object({
    id: z.number(),
    key: z.string(),
    name: z.string(),
    kind: z.enum(NODE_KIND_NAMES),
    environment: text,
  }),
  owner: text,
  summary: z.string(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  acceptedUntil: time,
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type FindingRow = z.output<typeof findingRow>;
export const findingPage = z.object({ rows: z.array(findingRow), total: z.number() });
export type FindingPage = z.output<typeof findingPage>;

/** How many findings there are of each state, severity and rule, for the filters. */
export const findingCounts = z.object({
  state: z.array(z.object({ value: z.enum(FINDING_STATES), count: z.number() })),
  severity: z.array(z.object({ value: z.enum(SEVERITIES), count: z.number() })),
  rule: z.array(z.object({ value: z.enum(RULE_IDS), title: z.string(), count: z.number() })),
  /** When the rules last ran; null: never. */
  evaluatedAt: time,
  /** The graph has changed since. */
  isOutdated: z.boolean(),
});
export type FindingCounts = z.output<typeof findingCounts>;

export const reference = z.object({ framework: z.string(), id: z.string(), title: z.string() });
export type Reference = z.output<typeof reference>;

export const findingDetail = findingRow.extend({
  why: z.string(),
  remedy: z.string(),
  references: z.array(reference),
  evidence,
  /** Names of nodes that the evidence mentions, by key. */
  names: z.array(z.object({ key: z.string(), name: z.string(), kind: z.enum(NODE_KIND_NAMES) })),
  acceptedBy: text,
  reason: text,
  history: z.array(z.object({ at: z.string(), by: z.string(), action: z.string(), reason: text })),
});
export type FindingDetail = z.output<typeof findingDetail>;

export const findingParams = z.object({ id: z.string().max(40) });

const ids = z.array(z.string().max(40)).min(1).max(500);
const reason = z.string().trim().min(3, 'Say why, in a few words.').max(2_000);

/** One decision on one or many findings. */
export const decideFindings = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('accept'),
    ids,
    reason,
    until: z.iso.datetime('Say until when the risk is accepted.'),
  }),
  z.strictObject({ decision: z.literal('reopen'), ids, reason }),
  z.strictObject({
    decision: z.literal('assign'),
    ids,
    /** Null: nobody. */
    assignee: z.string().max(40).nullable(),
  }),
]);
export type DecideFindings = z.output<typeof decideFindings>;
export const decided = z.object({ changed: z.number() });

export const assignees = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) });

export const evaluation = z.object({
  opened: z.number(),
  reopened: z.number(),
  still: z.number(),
  fixed: z.number(),
  gone: z.number(),
  open: z.number(),
});
export type Evaluation = z.output<typeof evaluation>;
