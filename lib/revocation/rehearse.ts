import type { Tx } from '#lib/db/client.ts';
import { coverageOf, type Coverage } from '#lib/usage/observation.ts';
import { loadObservedSpans, loadSeenUses, type SeenUse } from '#lib/usage/seen-uses.ts';
import { useSelectorsOf, type Subject } from '#lib/usage/use-selectors.ts';
import { loadWhereabouts } from '#lib/usage/whereabouts.ts';
import type { Caller, Rehearsal } from './schema.ts';

const LOOK_BACK_DAYS = 90;
const DAY_MS = 86_400_000;
const CALLERS_MAX = 100;
const TARGETS_MAX = 5;

/**
 * Replays the usage logs against the world without the subject: who was seen using it, and would fail. It looks at the
 * 90 days before the end of the newest log that could have seen a use, and says which days those are.
 */
export async function rehearse(tx: Tx, subject: Subject, now: Date): Promise<Rehearsal> {
  const where = (await loadWhereabouts(tx, [subject])).get(0) ?? [];
  const spans = await loadObservedSpans(tx);
  const newest = coverageOf(spans, where, new Date(0), now).to;
  const until = newest === null ? now : new Date(newest);
  const since = new Date(until.getTime() - LOOK_BACK_DAYS * DAY_MS);
  const coverage = coverageOf(spans, where, since, until);
  const uses = await loadSeenUses(tx, await useSelectorsOf(tx, [subject]), since);
  const named = await loadNames(tx, uses);
  const callers = callersOf(uses, named);
  return {
    verdict: verdictOf(callers, coverage),
    at: now.toISOString(),
    since: since.toISOString(),
    until: until.toISOString(),
    coverage,
    callers: callers.slice(0, CALLERS_MAX),
    moreCallers: Math.max(0, callers.length - CALLERS_MAX),
    workloads: await loadWorkloads(tx, subject),
  };
}

/** Only what succeeded or was tried and failed for another reason would break; a denied call does not work today either. */
function verdictOf(callers: readonly Caller[], coverage: Coverage): Rehearsal['verdict'] {
  if (callers.some((caller) => caller.allowed + caller.failed > 0)) return 'callers';
  return coverage.from === null ? 'cannot_tell' : 'nothing_seen';
}

type Named = {
  id: number;
  key: string;
  name: string;
  kind: string;
  ownerKey: string | null;
  ownerName: string | null;
};

async function loadNames(tx: Tx, uses: readonly SeenUse[]): Promise<Map<number, Named>> {
  const ids = [...new Set(uses.flatMap((row) => [row.actorId, row.targetId ?? 0]))];
  const rows = await tx.$queryRaw<Named[]>`
    SELECT n.id, n.key, n.name, n.kind::text AS kind, o.key AS "ownerKey", o.name AS "ownerName"
    FROM node n LEFT JOIN node o ON o.id = n.owner_id WHERE n.id = ANY(${ids}::int[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

function callersOf(uses: readonly SeenUse[], named: ReadonlyMap<number, Named>): Caller[] {
  const groups = Map.groupBy(uses, (row) => `${row.actorId} ${row.role}`);
  return [...groups.values()]
    .flatMap((rows) => {
      const [first] = rows;
      const actor = first && named.get(first.actorId);
      return actor ? [callerOf(actor, first.role, rows, named)] : [];
    })
    .sort((a, b) => b.allowed - a.allowed || (a.key < b.key ? -1 : 1));
}

function callerOf(
  actor: Named,
  role: SeenUse['role'],
  rows: readonly SeenUse[],
  named: ReadonlyMap<number, Named>,
): Caller {
  const total = (pick: (row: SeenUse) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  const times = rows.flatMap((row) => [row.firstAt.toISOString(), row.lastAt.toISOString()]).sort();
  const targets = rows.flatMap((row) => (row.targetId === null ? [] : (named.get(row.targetId) ?? [])));
  return {
    key: actor.key,
    name: actor.name,
    kind: actor.kind,
    owner: ownerOf(actor),
    role,
    allowed: total((row) => row.allowed),
    denied: total((row) => row.denied),
    failed: total((row) => row.failed),
    firstAt: times[0] ?? '',
    lastAt: times.at(-1) ?? '',
    targets: targets.slice(0, TARGETS_MAX).map(({ key, name, kind }) => ({ key, name, kind })),
    moreTargets: Math.max(0, targets.length - TARGETS_MAX),
  };
}

async function loadWorkloads(tx: Tx, { nodeId, edgeId }: Subject): Promise<Rehearsal['workloads']> {
  const rows = await tx.$queryRaw<Named[]>`
    SELECT DISTINCT n.id, n.key, n.name, n.kind::text AS kind, o.key AS "ownerKey", o.name AS "ownerName"
    FROM edge e JOIN node n ON n.id = e.from_id LEFT JOIN node o ON o.id = n.owner_id
    WHERE e.to_id = ${nodeId} AND e.kind IN ('holds', 'runs_as') AND e.valid_to IS NULL
      AND e.id IS DISTINCT FROM ${edgeId}
    ORDER BY n.key LIMIT ${CALLERS_MAX}`;
  return rows.map((row) => ({ key: row.key, name: row.name, kind: row.kind, owner: ownerOf(row) }));
}

const ownerOf = (row: Named) =>
  row.ownerKey === null ? null : { key: row.ownerKey, name: row.ownerName ?? row.ownerKey };
