import { z } from 'zod';

/** Shapes of the revocation API; safe for the browser. Times are ISO 8601 in UTC. */

export const REVOCATION_STATES = [
  'planned',
  'rehearsed',
  'approved',
  'executed',
  'silent',
  'proven',
  'failed',
  'reopened',
  'rolled_back',
  'rejected',
  'cancelled',
] as const;
const stateSchema = z.enum(REVOCATION_STATES);
export type RevocationStateName = z.infer<typeof stateSchema>;

const reasonSchema = z.string().trim().min(3, 'Say why, in a few words.').max(2_000);
const versionSchema = z.number().int().min(1);
export const revocationIdSchema = z.object({ id: z.string().regex(/^rev_[0-9a-z]{20}$/) });

const methodFields = {
  method: z.enum(['webhook', 'manual']).default('manual'),
  webhookId: z.string().max(40).nullable().default(null),
};

export const requestRevocationSchema = z.strictObject({
  nodeId: z.number().int().positive(),
  edgeId: z.number().int().positive().nullable().default(null),
  reason: reasonSchema,
  ...methodFields,
});
export type RequestRevocation = z.infer<typeof requestRevocationSchema>;

export const requestedSchema = z.object({ id: z.string() });

export const stepSchema = z.strictObject({ version: versionSchema });
export const reasonedStepSchema = z.strictObject({ version: versionSchema, reason: reasonSchema });
export const chooseMethodSchema = z.strictObject({ version: versionSchema, ...methodFields });
export const approveSchema = z.strictObject({
  version: versionSchema,
  /** Hash of the plan that the approver was shown. */
  planHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export const executeSchema = z.strictObject({
  version: versionSchema,
  /** What was done and where it can be looked up; required when it is done by hand. */
  proof: z.string().trim().max(4_000).default(''),
});

const pointerSchema = z.object({ key: z.string(), name: z.string() });
const namedSchema = pointerSchema.extend({ kind: z.string() });

const coverageSchema = z.object({
  spans: z.array(
    z.object({ source: z.string(), scope: z.string(), from: z.string(), to: z.string(), whole: z.boolean() }),
  ),
  coveredDays: z.number(),
  ofDays: z.number(),
  gaps: z.array(z.object({ from: z.string(), to: z.string() })),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const callerSchema = namedSchema.extend({
  owner: pointerSchema.nullable(),
  role: z.enum(['use', 'call']),
  allowed: z.number(),
  denied: z.number(),
  failed: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  targets: z.array(namedSchema),
  moreTargets: z.number(),
});

export const rehearsalSchema = z.object({
  verdict: z.enum(['nothing_seen', 'callers', 'cannot_tell']),
  at: z.string(),
  since: z.string(),
  until: z.string(),
  coverage: coverageSchema,
  callers: z.array(callerSchema),
  moreCallers: z.number(),
  /** Known to hold the credential or to run as the identity, seen in use or not. */
  workloads: z.array(namedSchema.extend({ owner: pointerSchema.nullable() })),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;
export type Caller = z.infer<typeof callerSchema>;

const subjectSchema = z.object({
  type: z.enum(['identity', 'credential', 'permission']),
  nodeId: z.number(),
  edgeId: z.number().nullable(),
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  provider: z.string().nullable(),
  tenant: z.string().nullable(),
  environment: z.string().nullable(),
  owner: pointerSchema.nullable(),
  permission: z
    .object({
      kind: z.string(),
      to: namedSchema,
      level: z.string().nullable(),
      qualifier: z.string(),
      sentence: z.string(),
    })
    .nullable(),
  /** false: no source asserts it any more */
  live: z.boolean(),
});
export type RevocationSubject = z.infer<typeof subjectSchema>;

const summaryFields = {
  id: z.string(),
  state: stateSchema,
  version: z.number(),
  subject: subjectSchema,
  reason: z.string(),
  requestedBy: z.string(),
  requestedByName: z.string(),
  requestedAt: z.string(),
  verdict: z.enum(['nothing_seen', 'callers', 'cannot_tell']).nullable(),
  callers: z.number().nullable(),
  method: z.enum(['webhook', 'manual']).nullable(),
  updatedAt: z.string(),
  message: z.string().nullable(),
  attempt: z.number(),
};
const revocationSummarySchema = z.object(summaryFields);
export type RevocationSummary = z.infer<typeof revocationSummarySchema>;

export const revocationListSchema = z.object({
  total: z.number(),
  byState: z.array(z.object({ state: stateSchema, count: z.number() })),
  rows: z.array(revocationSummarySchema),
});

export const revocationDetailSchema = z.object({
  ...summaryFields,
  reviewItemId: z.string().nullable(),
  rehearsal: rehearsalSchema.nullable(),
  rehearsedAt: z.string().nullable(),
  /** Of the plan as it stands; the approver sends it back. */
  planHash: z.string(),
  approvedPlanHash: z.string().nullable(),
  approvedByName: z.string().nullable(),
  approvedAt: z.string().nullable(),
  webhook: z.object({ id: z.string(), name: z.string(), url: z.string() }).nullable(),
  executedAt: z.string().nullable(),
  executedByName: z.string().nullable(),
  proof: z.string().nullable(),
  provenAt: z.string().nullable(),
  provenRun: z.string().nullable(),
  reopenedBy: z.record(z.string(), z.json()).nullable(),
  steps: z.array(
    z.object({ state: stateSchema, at: z.string(), by: z.string(), byName: z.string(), note: z.string() }),
  ),
  /** What this actor may do now. */
  may: z.array(z.enum(['rehearse', 'choose_method', 'approve', 'reject', 'execute', 'cancel', 'roll_back'])),
  /** Why this actor may not approve, in words; null where they may or where it is not the question. */
  approvalRefusal: z.string().nullable(),
});
export type RevocationDetail = z.infer<typeof revocationDetailSchema>;

export const previewQuerySchema = z.strictObject({
  key: z.string().min(1).max(2_048),
  edge: z.coerce.number().int().positive().optional(),
});
export const revocationPreviewSchema = z.object({
  subject: subjectSchema,
  rehearsal: rehearsalSchema,
  /** null: the graph could not say */
  reach: z
    .object({ nodes: z.number(), sensitive: z.number(), crownJewels: z.number(), graphVersion: z.number() })
    .nullable(),
  /** The revocation that is under way for the same thing. */
  underWay: z.string().nullable(),
});
export type RevocationPreview = z.infer<typeof revocationPreviewSchema>;

export type ListRevocations = {
  /** Empty: any. */
  states: readonly RevocationStateName[];
  /** Part of the name or key of what is revoked. */
  q: string;
  page: number;
  size: number;
  sort: { column: 'updated' | 'requested'; isDescending: boolean };
};

export const addWebhookSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
});
const webhookSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  createdAt: z.string(),
});
export const webhookListSchema = z.object({ rows: z.array(webhookSchema) });
/** The signing secret is shown once, when it is made. */
export const addedWebhookSchema = webhookSchema.extend({ secret: z.string() });
export const webhookIdSchema = z.object({ id: z.string().regex(/^whk_[0-9a-z]{20}$/) });
