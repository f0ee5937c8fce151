import { z } from 'zod';
import { EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import { LIFETIMES, nodeRow, USE_STATES } from './schema.ts';

/** Shape of one node's card; safe for the browser. Times are ISO 8601 in UTC. */

export const nodeQuery = z.strictObject({ key: z.string().min(1).max(2_048) });

const time = z.string().nullable();
const text = z.string().nullable();

export const nodeEnd = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(NODE_KIND_NAMES),
});
export type NodeEnd = z.output<typeof nodeEnd>;

/** An answer to one of the four questions of every identity; `unknown` is an answer too, and says what would be needed. */
export const questionView = z.object({
  question: z.enum(['bound_to', 'short_lived', 'run_time', 'revocable']),
  verdict: z.enum(['good', 'mixed', 'bad', 'unknown']),
  answer: z.string(),
  evidence: z.array(z.string()),
});
export type QuestionView = z.output<typeof questionView>;

export const claimView = z.object({
  id: z.string(),
  owner: nodeEnd,
  basis: z.string(),
  evidence: z.string(),
  confidence: z.number(),
  state: z.enum(['suggested', 'accepted', 'rejected', 'disputed', 'ended']),
  source: text,
  decidedBy: text,
  decidedAt: time,
  expiresAt: time,
});
export type ClaimView = z.output<typeof claimView>;

export const credentialView = nodeEnd.extend({
  type: text,
  /** `holds`: this node has it; `proves`: it proves to be this node. */
  relation: z.enum(['holds', 'proves']),
  lifetime: z.enum(LIFETIMES).nullable(),
  createdAt: time,
  rotatedAt: time,
  expiresAt: time,
  lastUsed: time,
  use: z.enum(USE_STATES),
});
export type CredentialView = z.output<typeof credentialView>;

/** Uses that the logs show, summed over actor, credential and target. */
export const useView = z.object({
  actor: nodeEnd,
  credential: nodeEnd.nullable(),
  target: nodeEnd.nullable(),
  allowed: z.number(),
  denied: z.number(),
  failed: z.number(),
  first: z.string(),
  last: z.string(),
  sources: z.array(z.string()),
});
export type UseView = z.output<typeof useView>;

export const chainView = z.object({
  /** From the one for whom it was done to the one who did it; people and agents that no source describes have no node. */
  steps: z.array(z.object({ key: z.string(), node: nodeEnd.nullable() })),
  action: z.string(),
  target: nodeEnd.nullable(),
  count: z.number(),
  first: z.string(),
  last: z.string(),
});
export type ChainView = z.output<typeof chainView>;

export const relationView = z.object({
  id: z.number(),
  kind: z.enum(EDGE_KIND_NAMES),
  direction: z.enum(['from', 'into']),
  other: nodeEnd,
  via: text,
  lastExercised: time,
  count: z.number(),
});
export type RelationView = z.output<typeof relationView>;

export const historyView = z.object({
  at: z.string(),
  what: z.enum(['began', 'changed', 'ended']),
  sentence: z.string(),
  source: z.string(),
  run: z.string(),
});
export type HistoryView = z.output<typeof historyView>;

export const provenanceView = z.object({
  source: z.string(),
  format: text,
  scope: text,
  standing: z.enum(['reference', 'log', 'inventory']),
  since: z.string(),
  run: z.string(),
  /** What this source says, member by member, as text. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type ProvenanceView = z.output<typeof provenanceView>;

export const nodeCard = z.object({
  node: nodeRow.extend({
    purpose: text,
    boundTo: text,
    runtimeAuthorised: z.boolean().nullable(),
    validFrom: z.string(),
    validTo: time,
    lastSeenInLogs: time,
    lastUsedAt: time,
    labels: z.array(z.object({ name: z.string(), value: z.string() })),
    props: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  aliases: z.array(z.object({ alias: z.string(), source: z.string() })),
  owner: z.object({
    team: nodeEnd.nullable(),
    person: nodeEnd.nullable(),
    backup: nodeEnd.nullable(),
    claims: z.array(claimView),
  }),
  /** Empty for kinds that neither act nor prove. */
  questions: z.array(questionView),
  /** What looks at its use, where something does. */
  observed: z.object({ source: z.string(), from: z.string(), to: z.string(), days: z.number() }).nullable(),
  credentials: z.array(credentialView),
  /** What it did (as actor or as the credential presented). */
  uses: z.array(useView),
  /** Who acted on it or as it. */
  callers: z.array(useView),
  chains: z.array(chainView),
  relations: z.array(relationView),
  moreRelations: z.number(),
  reviews: z.array(
    z.object({
      id: z.string(),
      campaign: z.string(),
      campaignId: z.string(),
      state: z.string(),
      reason: text,
      decidedAt: time,
      expiresAt: time,
    }),
  ),
  revocations: z.array(
    z.object({ id: z.string(), state: z.string(), reason: z.string(), requestedAt: z.string() }),
  ),
  history: z.array(historyView),
  provenance: z.array(provenanceView),
});
export type NodeCard = z.output<typeof nodeCard>;
