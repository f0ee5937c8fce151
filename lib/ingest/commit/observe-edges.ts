import { EDGE_KINDS } from '#lib/ontology/edge-kinds.ts';
import { touch, type Commit } from './context.ts';

const ACTING = EDGE_KINDS.calls.from;
const CALLED = EDGE_KINDS.calls.to;

/**
 * Makes or strengthens the edges that events themselves show: `calls` from actor to target where it was allowed, and
 * `delegates` along the chain of those acted for. They carry digest 0, belong to no scope, and are never ended by absence.
 */
export async function observeEdges(commit: Commit): Promise<void> {
  await upsert(
    commit,
    `SELECT e.actor_id AS from_id, e.target_id AS to_id, 'calls'::edge_kind AS kind, max(e.level) AS level,
       count(*) AS count, min(e.time) AS first, max(e.time) AS last
     FROM new_event e JOIN node a ON a.id = e.actor_id JOIN node t ON t.id = e.target_id
     WHERE e.outcome = 'allowed' AND e.actor_id <> e.target_id
       AND a.kind::text = ANY($3) AND t.kind::text = ANY($4) GROUP BY 1, 2`,
    [ACTING, CALLED],
  );
  await upsert(
    commit,
    `SELECT h.from_id, h.to_id, 'delegates'::edge_kind AS kind, NULL::access_level AS level,
       count(*) AS count, min(h.time) AS first, max(h.time) AS last
     FROM (${HOPS}) h JOIN node a ON a.id = h.from_id JOIN node t ON t.id = h.to_id
     WHERE h.from_id <> h.to_id AND a.kind::text = ANY($3) AND t.kind::text = ANY($4) GROUP BY 1, 2`,
    [ACTING, EDGE_KINDS.delegates.to],
  );
}

/**
 * Who acted through whom: from the one acted for, inwards to outwards along the actor chain (RFC 8693: outermost, the
 * verified actor, first), to the actor of the event.
 */
const HOPS = `
  SELECT DISTINCT time, event_key, lag(id) OVER step AS from_id, id AS to_id
  FROM (
    SELECT time, event_key, on_behalf_of_id AS id, 1000000 AS place FROM new_event WHERE on_behalf_of_id IS NOT NULL
    UNION ALL
    SELECT e.time, e.event_key, r.id, c.place FROM new_event e,
      LATERAL unnest(e.chain) WITH ORDINALITY AS c(key, place) JOIN ref r ON r.key = c.key
    UNION ALL
    SELECT time, event_key, actor_id, 0 FROM new_event WHERE on_behalf_of_id IS NOT NULL OR cardinality(chain) > 0
  ) party
  WINDOW step AS (PARTITION BY time, event_key ORDER BY place DESC)`;

async function upsert(
  commit: Commit,
  observed: string,
  kinds: readonly (readonly string[])[],
): Promise<void> {
  await touch(
    commit,
    `INSERT INTO edge AS e (from_id, to_id, kind, qualifier, level, source_id, run_from, valid_from, digest,
       first_exercised, last_exercised, exercised_count)
     SELECT from_id, to_id, kind, '', level, $1, $2, first, 0, first, last, count FROM (${observed}) o
     ON CONFLICT (from_id, to_id, kind, qualifier, source_id, scope_id) WHERE valid_to IS NULL AND derived_from IS NULL
     DO UPDATE SET level = greatest(e.level, excluded.level), valid_from = least(e.valid_from, excluded.valid_from),
       first_exercised = least(e.first_exercised, excluded.first_exercised),
       last_exercised = greatest(e.last_exercised, excluded.last_exercised),
       exercised_count = e.exercised_count + excluded.exercised_count`,
    [commit.sourceId, commit.runId, ...kinds],
  );
}
