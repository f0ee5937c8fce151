import { z } from 'zod';
import { ENVIRONMENTS, NON_HUMAN_KINDS, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';

/** Shapes of the campaign and review API; safe for the browser. Times are ISO 8601 in UTC. */

export const SUBJECT_TYPES = ['identity', 'credential', 'permission'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** Which things a campaign asks about. All conditions hold together; those on the acting side of a permission too. */
export const campaignFilterSchema = z.strictObject({
  subjects: z.array(z.enum(SUBJECT_TYPES)).min(1).max(3),
  /** Kinds of identity; empty: all. */
  kinds: z.array(z.enum([...NON_HUMAN_KINDS, 'credential'])).default([]),
  environments: z.array(z.enum(ENVIRONMENTS)).default([]),
  providers: z.array(z.string().min(1).max(100)).max(50).default([]),
  /** Of the thing, or of what a permission reaches. */
  sensitivities: z.array(z.enum(SENSITIVITIES)).default([]),
  /** Keys of owning teams and people. */
  owners: z.array(z.string().min(1).max(1_024)).max(100).default([]),
  unownedOnly: z.boolean().default(false),
  /** Credentials that never expire, or live longer than 90 days. */
  standingOnly: z.boolean().default(false),
  /** No use seen for so many days; says nothing of things whose use nobody could see. */
  unusedForDays: z.number().int().min(1).max(3_650).nullable().default(null),
  text: z.string().max(200).default(''),
});
export type CampaignFilter = z.output<typeof campaignFilterSchema>;

export const ITEMS_MAX = 10_000;

export const previewSchema = z.object({
  count: z.number(),
  byType: z.array(z.object({ type: z.enum(SUBJECT_TYPES), count: z.number() })),
  noReviewer: z.number(),
  reviewers: z.number(),
  tooMany: z.boolean(),
  sample: z.array(
    z.object({
      type: z.enum(SUBJECT_TYPES),
      key: z.string(),
      name: z.string(),
      kind: z.string(),
      toName: z.string().nullable(),
      reviewer: z.string().nullable(),
    }),
  ),
});
export type CampaignPreview = z.infer<typeof previewSchema>;

export const createCampaignSchema = z.strictObject({
  name: z.string().trim().min(3).max(200),
  instructions: z.string().trim().max(4_000).default(''),
  filter: campaignFilterSchema,
  dueAt: z.iso.datetime(),
});
export type CreateCampaign = z.output<typeof createCampaignSchema>;

export const createdCampaignSchema = z.object({ id: z.string() });
export const launchedSchema = z.object({ items: z.number(), noReviewer: z.number() });
export const cancelCampaignSchema = z.strictObject({
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2_000),
});

export const CAMPAIGN_STATES = ['draft', 'active', 'closed', 'cancelled'] as const;
const campaignStateSchema = z.enum(CAMPAIGN_STATES);
export const REVIEW_STATES = [
  'open',
  'attested',
  'revocation_requested',
  'not_mine',
  'unsure',
  'no_answer',
  'no_reviewer',
  'withdrawn',
] as const;
const reviewStateSchema = z.enum(REVIEW_STATES);
export type ReviewStateName = z.infer<typeof reviewStateSchema>;

const countsSchema = z.array(z.object({ state: reviewStateSchema, count: z.number() }));

const campaignSchema = z.object({
  id: z.string(),
  name: z.string(),
  instructions: z.string(),
  filter: campaignFilterSchema,
  state: campaignStateSchema,
  createdByName: z.string(),
  createdAt: z.string(),
  launchedAt: z.string().nullable(),
  dueAt: z.string(),
  closedAt: z.string().nullable(),
  items: z.number(),
  decided: z.number(),
  overdue: z.boolean(),
  byState: countsSchema,
});
export type CampaignRow = z.infer<typeof campaignSchema>;
export const campaignListSchema = z.object({ total: z.number(), rows: z.array(campaignSchema) });
export const campaignDetailSchema = campaignSchema.extend({
  reviewers: z.array(
    z.object({ key: z.string().nullable(), name: z.string(), total: z.number(), open: z.number() }),
  ),
});
export type CampaignDetail = z.infer<typeof campaignDetailSchema>;

export type ListCampaigns = {
  /** Empty: any. */
  states: readonly CampaignRow['state'][];
  q: string;
  page: number;
  size: number;
};
export const campaignIdSchema = z.object({ id: z.string().regex(/^cmp_[0-9a-z]{20}$/) });
export const itemIdSchema = z.object({ id: z.string().regex(/^itm_[0-9a-z]{20}$/) });

const pointerSchema = z.object({ key: z.string(), name: z.string() });
const thingSchema = pointerSchema.extend({ kind: z.string() });
const usedSchema = z.object({
  allowed: z.number(),
  denied: z.number(),
  failed: z.number(),
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
});

/** What a reviewer is shown, as it was when the campaign was launched; its canonical form is hashed into the item. */
export const evidenceSchema = z.object({
  asOf: z.string(),
  subject: thingSchema.extend({
    type: z.enum(SUBJECT_TYPES),
    provider: z.string().nullable(),
    tenant: z.string().nullable(),
    environment: z.string().nullable(),
    thingType: z.string().nullable(),
    sensitivity: z.string().nullable(),
    purpose: z.string().nullable(),
    createdAt: z.string().nullable(),
    rotatedAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
    statedLastUse: z.string().nullable(),
    boundTo: z.string().nullable(),
    runtimeAuthorised: z.boolean().nullable(),
  }),
  permission: z
    .object({
      kind: z.string(),
      to: thingSchema.extend({ sensitivity: z.string().nullable() }),
      level: z.string().nullable(),
      qualifier: z.string(),
      conditional: z.boolean(),
      limited: z.boolean(),
      sentence: z.string(),
    })
    .nullable(),
  owner: pointerSchema.nullable(),
  granted: z.object({
    total: z.number(),
    shown: z.array(
      z.object({
        kind: z.string(),
        to: thingSchema.extend({ sensitivity: z.string().nullable() }),
        level: z.string().nullable(),
        conditional: z.boolean(),
        limited: z.boolean(),
        via: z.string(),
        exercised: z.object({ count: z.number(), lastAt: z.string() }).nullable(),
      }),
    ),
  }),
  used: usedSchema.extend({
    use: z.enum(['used', 'not_seen', 'unobservable']),
    since: z.string(),
    until: z.string(),
    coveredDays: z.number(),
    ofDays: z.number(),
    sources: z.array(z.string()),
    gaps: z.array(z.object({ from: z.string(), to: z.string() })),
    targets: z.array(thingSchema.extend({ allowed: z.number(), lastAt: z.string() })),
    moreTargets: z.number(),
  }),
  callers: z.object({
    total: z.number(),
    shown: z.array(
      thingSchema.extend({ owner: pointerSchema.nullable(), allowed: z.number(), lastAt: z.string() }),
    ),
  }),
  /** null: it was not computed */
  reach: z
    .object({ nodes: z.number(), sensitive: z.number(), crownJewels: z.number(), graphVersion: z.number() })
    .nullable(),
  risks: z.array(z.string()),
});
export type ItemEvidence = z.infer<typeof evidenceSchema>;

const reviewItemSchema = z.object({
  id: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  dueAt: z.string(),
  nodeId: z.number(),
  edgeId: z.number().nullable(),
  state: reviewStateSchema,
  version: z.number(),
  type: z.enum(SUBJECT_TYPES),
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  environment: z.string().nullable(),
  permission: z.string().nullable(),
  reviewer: pointerSchema.nullable(),
  use: z.enum(['used', 'not_seen', 'unobservable']),
  lastUse: z.string().nullable(),
  reach: z.number().nullable(),
  crownJewels: z.number().nullable(),
  risks: z.array(z.string()),
  reason: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
});
export type ReviewItemRow = z.infer<typeof reviewItemSchema>;
export const reviewListSchema = z.object({
  total: z.number(),
  byState: countsSchema,
  rows: z.array(reviewItemSchema),
});

const changeSchema = z.object({ what: z.string(), was: z.string(), now: z.string() });
export type EvidenceChange = z.infer<typeof changeSchema>;

export const reviewDetailSchema = reviewItemSchema.extend({
  instructions: z.string(),
  evidence: evidenceSchema,
  evidenceHash: z.string(),
  /** What is different now from what the evidence says; empty: nothing. */
  changes: z.array(changeSchema),
  /** false: it is gone since the launch */
  exists: z.boolean(),
  revocationId: z.string().nullable(),
  mayDecide: z.boolean(),
  mayAssign: z.boolean(),
  /** The neighbours in the list of the same reviewer's open items. */
  next: z.string().nullable(),
  previous: z.string().nullable(),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

export type ListReviews = {
  campaign: string | null;
  /** Empty: any. */
  states: readonly ReviewStateName[];
  types: readonly SubjectType[];
  risky: boolean | null;
  /** What waits now for the person who asks: of their teams; for security what has no reviewer. */
  waitingForMe: boolean;
  q: string;
  page: number;
  size: number;
};

const reasonSchema = z.string().trim().min(3, 'Say why, in a few words.').max(2_000);
const versionSchema = z.number().int().min(1);

export const decisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('attest'),
    version: versionSchema,
    reason: z.string().trim().max(2_000).default(''),
    expiresAt: z.iso.datetime(),
  }),
  z.strictObject({ decision: z.literal('revoke'), version: versionSchema, reason: reasonSchema }),
  z.strictObject({ decision: z.literal('unsure'), version: versionSchema, reason: reasonSchema }),
  z.strictObject({
    decision: z.literal('not_mine'),
    version: versionSchema,
    reason: reasonSchema,
    /** Whose it is; null: the reviewer does not know, and security finds out. */
    toOwnerId: z.number().int().positive().nullable().default(null),
  }),
  z.strictObject({
    decision: z.literal('assign'),
    version: versionSchema,
    reason: reasonSchema,
    toOwnerId: z.number().int().positive(),
  }),
]);
export type ItemDecision = z.output<typeof decisionSchema>;

export const decidedSchema = z.object({
  state: reviewStateSchema,
  version: z.number(),
  revocationId: z.string().nullable(),
  /** The owners it went round between, where that sent it to security. */
  loop: z.array(z.string()),
});

export const attestManySchema = z.strictObject({
  items: z
    .array(z.strictObject({ id: z.string().regex(/^itm_[0-9a-z]{20}$/), version: versionSchema }))
    .min(1)
    .max(100),
  reason: reasonSchema,
  expiresAt: z.iso.datetime(),
});
export const attestedManySchema = z.object({ attested: z.number() });
