import { record } from '#lib/audit/record.ts';
import type { Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { inTransaction } from '#lib/db/client.ts';
import { syncOwnership } from './sync-ownership.ts';

/** Node ids that one audit row names; the rest are counted. */
const NAMED_MAX = 200;

/**
 * Ends ownership that ran out, and that of teams and people whom no source knows any more, so that their things are asked
 * about again. A job calls it daily and ingest after each run.
 */
export async function reopenLapsed(actor: Actor, clock: Clock = systemClock): Promise<{ reopened: number }> {
  const now = clock();
  return inTransaction(async (tx) => {
    const ended = await tx.$queryRaw<{ nodeId: number; key: string }[]>`
      UPDATE ownership_claim c SET state = 'ended',
        reason = CASE WHEN c.expires_at <= ${now} THEN 'The ownership ran out.' ELSE 'The owner is gone.' END
      FROM node owner, node thing
      WHERE c.state = 'accepted' AND owner.id = c.owner_id AND thing.id = c.node_id
        AND (c.expires_at <= ${now} OR owner.valid_to IS NOT NULL)
      RETURNING c.node_id AS "nodeId", thing.key`;
    if (ended.length === 0) return { reopened: 0 };
    await syncOwnership(
      tx,
      ended.map((row) => row.nodeId),
    );
    await record(tx, actor, {
      action: 'ownership.lapse',
      subject: 'ownership',
      after: { count: ended.length, nodes: ended.slice(0, NAMED_MAX).map((row) => row.key) },
    });
    return { reopened: ended.length };
  }, 60_000);
}
