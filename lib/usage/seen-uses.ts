import type { Tx } from '#lib/db/client.ts';
import type { ObservedSpan } from './observation.ts';
import type { UseSelector } from './use-selectors.ts';

/** Uses of one subject by one actor on one target, summed over the days asked for. */
export type SeenUse = {
  ref: number;
  role: 'use' | 'call';
  actorId: number;
  /** null: the event named none */
  targetId: number | null;
  allowed: number;
  denied: number;
  failed: number;
  firstAt: Date;
  lastAt: Date;
  sources: string[];
};

/** Sums the usage rows that the selectors name, from `since` on (by day, UTC). */
export async function loadSeenUses(
  tx: Tx,
  selectors: readonly UseSelector[],
  since: Date,
): Promise<SeenUse[]> {
  if (selectors.length === 0) return [];
  const column = <K extends keyof UseSelector>(name: K) => selectors.map((selector) => selector[name]);
  return tx.$queryRaw<SeenUse[]>`
    WITH selector AS (
      SELECT * FROM unnest(${column('ref')}::int[], ${column('role')}::text[], ${column('actorId')}::int[],
        ${column('credentialId')}::int[], ${column('targetId')}::int[]) AS s(ref, role, actor_id, credential_id, target_id)
    ), seen AS (
      SELECT s.ref, s.role, u.* FROM selector s
      JOIN usage_day u ON u.actor_id = s.actor_id AND (s.target_id IS NULL OR u.target_id = s.target_id)
      UNION ALL
      SELECT s.ref, s.role, u.* FROM selector s
      JOIN usage_day u ON u.credential_id = s.credential_id
      UNION ALL
      SELECT s.ref, s.role, u.* FROM selector s
      JOIN usage_day u ON u.target_id = s.target_id
      WHERE s.actor_id IS NULL AND s.credential_id IS NULL
    )
    SELECT ref, role, actor_id AS "actorId", nullif(target_id, 0) AS "targetId",
      sum(allowed)::int AS allowed, sum(denied)::int AS denied, sum(failed)::int AS failed,
      min(first_at) AS "firstAt", max(last_at) AS "lastAt",
      array_agg(DISTINCT source.name) AS sources
    FROM seen JOIN source ON source.id = seen.source_id
    WHERE day >= ${since}::date
    GROUP BY ref, role, actor_id, target_id
    ORDER BY ref, allowed DESC, actor_id, target_id`;
}

/** Every span in which some source watched, newest end last. */
export function loadObservedSpans(tx: Tx): Promise<ObservedSpan[]> {
  return tx.$queryRaw<ObservedSpan[]>`
    SELECT source.name AS source, w.scope, w.from_time AS "from", w.to_time AS "to"
    FROM observation_window w JOIN source ON source.id = w.source_id
    JOIN run ON run.id = w.run_id AND run.state <> 'undone'
    ORDER BY w.to_time, w.id`;
}
