import { z } from 'zod';
import { NON_HUMAN_KINDS, type ENVIRONMENTS, type SENSITIVITIES } from '#lib/ontology/node-kinds.ts';

/** Shapes of the ownership API; safe for the browser. Times are ISO 8601 in UTC. */

/** What must have an owner: identities that are not people, and credentials. */
export const OWNABLE_KINDS = [...NON_HUMAN_KINDS, 'credential'] as const;

export const QUEUE_VIEWS = ['unowned', 'suggested', 'disputed', 'owned', 'expiring'] as const;

export const OWNERSHIP_SORTS = ['confidence', 'name', 'kind', 'environment', 'lastUsed', 'age'] as const;

export type ListOwnership = {
  view: (typeof QUEUE_VIEWS)[number];
  /** Part of the name or key. */
  q: string;
  /** Each empty: any. */
  kinds: readonly (typeof OWNABLE_KINDS)[number][];
  environments: readonly (typeof ENVIRONMENTS)[number][];
  sensitivities: readonly (typeof SENSITIVITIES)[number][];
  page: number;
  size: number;
  sort: { column: (typeof OWNERSHIP_SORTS)[number]; isDescending: boolean };
};

const ownerSchema = z.object({ id: z.number(), key: z.string(), name: z.string(), kind: z.string() });
export type Owner = z.infer<typeof ownerSchema>;

const claimSchema = z.object({
  id: z.string(),
  owner: ownerSchema,
  basis: z.string(),
  evidence: z.string(),
  /** 0 to 1 */
  confidence: z.number(),
  state: z.enum(['suggested', 'accepted', 'rejected', 'disputed', 'ended']),
  source: z.string().nullable(),
  createdAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
  expiresAt: z.string().nullable(),
});
export type Claim = z.infer<typeof claimSchema>;

const ownedNodeSchema = z.object({
  nodeId: z.number(),
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  type: z.string().nullable(),
  provider: z.string().nullable(),
  environment: z.string().nullable(),
  sensitivity: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  createdAt: z.string().nullable(),
  owner: ownerSchema.nullable(),
  person: ownerSchema.nullable(),
  backup: ownerSchema.nullable(),
  expiresAt: z.string().nullable(),
  /** Claims that wait for a decision, the best first. */
  claims: z.array(claimSchema),
  moreClaims: z.number(),
});
export type OwnedNode = z.infer<typeof ownedNodeSchema>;

export const ownershipListSchema = z.object({ total: z.number(), rows: z.array(ownedNodeSchema) });

export const ownershipDetailSchema = ownedNodeSchema.extend({
  history: z.array(claimSchema),
  /** The owners it was handed between, where they send it round; empty: no loop. */
  loop: z.array(z.string()),
});

const countsSchema = z.object({
  name: z.string(),
  total: z.number(),
  owned: z.number(),
  suggested: z.number(),
  disputed: z.number(),
});
export const coverageSchema = z.object({
  total: z.number(),
  owned: z.number(),
  suggested: z.number(),
  disputed: z.number(),
  expiringSoon: z.number(),
  byKind: z.array(countsSchema),
  byEnvironment: z.array(countsSchema),
});
export type OwnershipCoverage = z.infer<typeof coverageSchema>;

const reasonSchema = z.string().trim().min(3, 'Say why, in a few words.').max(2_000);
const nodeIdSchema = z.number().int().positive();
const peopleFields = {
  personId: nodeIdSchema.nullable().default(null),
  backupId: nodeIdSchema.nullable().default(null),
};
const expiresAtSchema = z.iso.datetime().nullable().default(null);

export const claimIdSchema = z.object({ id: z.string().max(40) });
export const nodeParamSchema = z.object({ id: z.coerce.number().int().positive() });

export const acceptClaimSchema = z.strictObject({
  reason: z.string().trim().max(2_000).default(''),
  ...peopleFields,
  expiresAt: expiresAtSchema,
});
export const bulkAcceptSchema = z.strictObject({
  claimIds: z.array(z.string().max(40)).min(1).max(200),
  reason: reasonSchema,
});
export const rejectClaimSchema = z.strictObject({ reason: reasonSchema });
export const assignSchema = z.strictObject({
  ownerId: nodeIdSchema,
  ...peopleFields,
  reason: reasonSchema,
  expiresAt: expiresAtSchema,
});
export const disputeSchema = z.strictObject({ reason: reasonSchema });
export const handOverSchema = z.strictObject({ toOwnerId: nodeIdSchema, reason: reasonSchema });
export const handedOverSchema = z.object({
  outcome: z.enum(['suggested', 'arbitration']),
  loop: z.array(z.string()),
});

export const changedSchema = z.object({ changed: z.number() });

export const ownerSearchSchema = z.object({
  q: z.string().max(200).default(''),
  kind: z.enum(['team', 'person']).optional(),
});
export const ownerListSchema = z.object({ rows: z.array(ownerSchema) });
