import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError } from '#lib/core/errors.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { ReviewItem } from '#lib/db/generated/client.ts';
import type { ReviewState } from '#lib/db/generated/enums.ts';
import { handOver } from '#lib/ownership/hand-over.ts';
import { requestFromReview } from '#lib/revocation/request-revocation.ts';
import { ATTESTATION_REFUSALS, decide, refuseAttestation } from './rules.ts';
import { evidenceSchema, type ItemDecision } from './schema.ts';
import { exists, loadItem, markAttested, saveItem, shareCampaign } from './store.ts';

export type Decided = { state: ReviewState; version: number; revocationId: string | null; loop: string[] };

/**
 * One reviewer's answer to one item, with all that follows from it, in one transaction. Of answers that are given at the
 * same time one holds and the others are conflicts.
 */
export async function decideItem(
  actor: Actor,
  id: string,
  input: ItemDecision,
  clock: Clock = systemClock,
): Promise<Decided> {
  assertMay(actor, 'review.decide');
  return inTransaction((tx) => decideOne(tx, actor, id, input, clock));
}

/** Attests many at once, all or none. Risky ones are refused: each of those is looked at by itself. */
export async function attestMany(
  actor: Actor,
  input: { items: readonly { id: string; version: number }[]; reason: string; expiresAt: string },
  clock: Clock = systemClock,
): Promise<{ attested: number }> {
  assertMay(actor, 'review.decide');
  const { reason, expiresAt } = input;
  return inTransaction(async (tx) => {
    for (const { id, version } of [...input.items].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const item = await loadItem(tx, actor, id);
      if (risksOfItem(item).length > 0) {
        throw new AppError(
          'invalid_input',
          `${nameOf(item)} is risky: attest it by itself. Nothing was attested.`,
        );
      }
      await decideOne(tx, actor, id, { decision: 'attest', version, reason, expiresAt }, clock);
    }
    return { attested: input.items.length };
  }, 60_000);
}

async function decideOne(
  tx: Tx,
  actor: Actor,
  id: string,
  input: ItemDecision,
  clock: Clock,
): Promise<Decided> {
  const item = await loadItem(tx, actor, id);
  const campaign = await shareCampaign(tx, item.campaignId);
  const state = decide(campaign.state, item.state, input.decision);
  if (state === null) {
    throw new AppError(
      'conflict',
      campaign.state === 'active'
        ? 'This item is decided already. Reload and look.'
        : `The campaign is ${campaign.state}: its items can no longer be decided.`,
    );
  }
  const now = clock();
  const decided = { decidedBy: actor.id, decidedAt: now, reason: input.reason || null };
  const outcome = { state, version: input.version + 1, revocationId: null, loop: [] };
  switch (input.decision) {
    case 'attest':
      await attest(tx, item, input, { ...decided, state }, now);
      break;
    case 'revoke': {
      await saveItem(tx, item, input.version, { ...decided, state });
      const request = { nodeId: item.nodeId, edgeId: item.edgeId, reason: input.reason, reviewItemId: id };
      await assertExists(tx, item);
      const revocationId = await requestFromReview(tx, actor, request, clock);
      await audit(tx, actor, item, input, { state, revocationId });
      return { ...outcome, revocationId };
    }
    case 'unsure':
      await saveItem(tx, item, input.version, { ...decided, state });
      break;
    case 'not_mine':
    case 'assign':
      return passOn(tx, actor, item, input, now);
  }
  await audit(tx, actor, item, input, { state });
  return outcome;
}

type Attest = Extract<ItemDecision, { decision: 'attest' }>;

async function attest(
  tx: Tx,
  item: ReviewItem,
  input: Attest,
  decided: { state: ReviewState; decidedBy: string; decidedAt: Date; reason: string | null },
  now: Date,
): Promise<void> {
  const expiresAt = new Date(input.expiresAt);
  const risky = risksOfItem(item).length > 0;
  const refusal = refuseAttestation({ risky, reason: input.reason, expiresAt, now });
  if (refusal !== null) throw new AppError('invalid_input', ATTESTATION_REFUSALS[refusal]);
  await saveItem(tx, item, input.version, { ...decided, expiresAt });
  await assertExists(tx, item);
  await markAttested(tx, item, expiresAt);
}

async function assertExists(tx: Tx, item: ReviewItem): Promise<void> {
  if (await exists(tx, item)) return;
  throw new AppError(
    'conflict',
    'It is gone since the campaign was launched: no source asserts it any more.',
  );
}

type PassOn = Extract<ItemDecision, { decision: 'not_mine' | 'assign' }>;

/**
 * Not mine, theirs: the question goes to the other owner, and the ownership with it. Not mine and nobody knows whose, or
 * going round in circles: it goes to security, who assign it.
 */
async function passOn(tx: Tx, actor: Actor, item: ReviewItem, input: PassOn, now: Date): Promise<Decided> {
  if (input.decision === 'assign' && actor.scope.kind !== 'all') {
    throw new AppError(
      'forbidden',
      'Only security assigns review items. Say “not mine” and whose it is instead.',
    );
  }
  const to = input.toOwnerId;
  if (to !== null) await assertOwnerNode(tx, to);
  const fromOwnerId = await claimantOf(tx, item);
  const handed =
    input.decision === 'not_mine' && to !== null && fromOwnerId !== null
      ? await handOver(
          tx,
          actor,
          { nodeId: item.nodeId, fromOwnerId, toOwnerId: to, reason: input.reason },
          now,
        )
      : null;
  const stays = to === null || handed?.outcome === 'arbitration';
  const change = stays
    ? { state: 'not_mine' as const, reviewerId: null }
    : { state: 'open' as const, reviewerId: to };
  await saveItem(tx, item, input.version, {
    ...change,
    reason: input.reason,
    decidedBy: actor.id,
    decidedAt: now,
  });
  await audit(tx, actor, item, input, { state: change.state, reviewerId: change.reviewerId });
  return { state: change.state, version: input.version + 1, revocationId: null, loop: handed?.loop ?? [] };
}

async function assertOwnerNode(tx: Tx, id: number): Promise<void> {
  const found = await tx.node.count({ where: { id, kind: { in: ['team', 'person'] }, validTo: null } });
  if (found === 0) throw new AppError('invalid_input', 'Choose a team or a person that is known.');
}

/** The reviewer, where they own the thing or are suggested for it: then the ownership goes along with the question. */
async function claimantOf(tx: Tx, item: ReviewItem): Promise<number | null> {
  if (item.reviewerId === null) return null;
  const claims = await tx.ownershipClaim.count({
    where: {
      nodeId: item.nodeId,
      ownerId: item.reviewerId,
      state: { in: ['suggested', 'accepted', 'disputed'] },
    },
  });
  return claims > 0 ? item.reviewerId : null;
}

const risksOfItem = (item: ReviewItem): string[] => evidenceSchema.parse(item.evidence).risks;
const nameOf = (item: ReviewItem): string => evidenceSchema.parse(item.evidence).subject.name;

const VERBS = {
  attest: 'review.attest',
  revoke: 'review.revoke',
  unsure: 'review.unsure',
  not_mine: 'review.not_mine',
  assign: 'review.assign',
} as const;

async function audit(
  tx: Tx,
  actor: Actor,
  item: ReviewItem,
  input: ItemDecision,
  after: { state: ReviewState; revocationId?: string; reviewerId?: number | null },
): Promise<void> {
  await record(tx, actor, {
    action: VERBS[input.decision],
    subject: `review_item:${item.id}`,
    before: { state: item.state, version: input.version },
    after: {
      campaign: item.campaignId,
      evidenceHash: item.evidenceHash,
      ...after,
      ...(input.decision === 'attest' ? { expiresAt: new Date(input.expiresAt).toISOString() } : {}),
    },
    ...(input.reason ? { reason: input.reason } : {}),
  });
}
