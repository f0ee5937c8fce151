import type { JsonObject } from '#lib/core/json.ts';
import type { Tx } from '#lib/db/client.ts';
import type { Revocation } from '#lib/db/generated/client.ts';
import { coverageOf } from '#lib/usage/observation.ts';
import { loadObservedSpans } from '#lib/usage/seen-uses.ts';
import { useSelectorsOf } from '#lib/usage/use-selectors.ts';
import { loadWhereabouts } from '#lib/usage/whereabouts.ts';
import { readSilentHours } from './silent-hours.ts';

/**
 * The first successful use, among the events that this run brought, of what was already revoked; null: none. A
 * permission counts as used only while no other one that holds would have allowed the same.
 */
export async function loadUseAfter(tx: Tx, row: Revocation, runId: number): Promise<JsonObject | null> {
  if (row.executedAt === null) return null;
  if (row.edgeId !== null && (await hasOtherWay(tx, row.edgeId))) return null;
  const selectors = (await useSelectorsOf(tx, [row])).filter(
    (selector) => selector.role === 'use' || row.edgeId === null,
  );
  if (selectors.length === 0) return null;
  const [event] = await tx.$queryRaw<JsonObject[]>`
    SELECT e.event_id AS "eventId", to_char(e.time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS time,
      actor.key AS actor, target.key AS target, e.action, e.address, source.name AS source,
      round(extract(epoch FROM e.time - ${row.executedAt}::timestamptz))::int AS "secondsAfterExecution"
    FROM event e
    JOIN unnest(${selectors.map((s) => s.actorId)}::int[], ${selectors.map((s) => s.credentialId)}::int[],
      ${selectors.map((s) => s.targetId)}::int[]) AS s(actor_id, credential_id, target_id)
      ON (s.actor_id IS NULL OR e.actor_id = s.actor_id)
      AND (s.credential_id IS NULL OR e.credential_id = s.credential_id)
      AND (s.target_id IS NULL OR e.target_id = s.target_id)
    JOIN node actor ON actor.id = e.actor_id
    LEFT JOIN node target ON target.id = e.target_id
    JOIN source ON source.id = e.source_id
    WHERE e.run_id = ${runId} AND e.outcome = 'allowed' AND e.time > ${row.executedAt}
    ORDER BY e.time LIMIT 1`;
  return event ?? null;
}

/** Whether another permission that still holds leads from the same left side to the same right side. */
async function hasOtherWay(tx: Tx, edgeId: number): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ other: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM edge was
      JOIN edge direct ON direct.to_id = was.to_id AND direct.valid_to IS NULL
        AND direct.kind IN ('grants', 'assumes', 'escalates', 'attached', 'member_of')
        AND (direct.from_id, direct.kind, direct.qualifier) <> (was.from_id, was.kind, was.qualifier)
      WHERE was.id = ${edgeId} AND (direct.from_id = was.from_id OR EXISTS (
        SELECT 1 FROM edge bound WHERE bound.from_id = was.from_id AND bound.to_id = direct.from_id
          AND bound.kind IN ('attached', 'member_of') AND bound.valid_to IS NULL))
      UNION ALL
      SELECT 1 FROM edge was WHERE was.id = ${edgeId} AND was.kind IN ('attached', 'member_of', 'runs_as')
    ) AS other`;
  return found?.other === true;
}

export type Silence = { hours: number; sources: string[] };

/**
 * Silence is something that was watched: a log of the whole scope covers the configured hours after the execution
 * without a gap and holds no successful use. Null: not (yet) silent.
 */
export async function loadSilence(tx: Tx, row: Revocation): Promise<Silence | null> {
  if (row.executedAt === null) return null;
  const hours = await readSilentHours(tx);
  const until = new Date(row.executedAt.getTime() + hours * 3_600_000);
  const where = (await loadWhereabouts(tx, [row])).get(0) ?? [];
  const coverage = coverageOf(await loadObservedSpans(tx), where, row.executedAt, until);
  const whole =
    coverage.from === row.executedAt.toISOString() &&
    coverage.to === until.toISOString() &&
    coverage.gaps.length === 0;
  if (!whole) return null;
  return { hours, sources: [...new Set(coverage.spans.filter((s) => s.whole).map((s) => s.source))] };
}
