import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import type { Tx } from '#lib/db/client.ts';
import { coverageOf, observedUse, type Coverage } from '#lib/usage/observation.ts';
import { loadObservedSpans, loadSeenUses, type SeenUse } from '#lib/usage/seen-uses.ts';
import { useSelectorsOf, type Subject } from '#lib/usage/use-selectors.ts';
import { loadWhereabouts } from '#lib/usage/whereabouts.ts';
import { loadGranted, loadSubjectFacts, loadThings, type Thing } from './evidence-store.ts';
import type { ReachReader } from './reach.ts';
import { risksOf } from './rules.ts';
import type { ItemEvidence } from './schema.ts';

const LOOK_BACK_DAYS = 90;
const DAY_MS = 86_400_000;
const SHOWN_MAX = 10;

/** SHA-256 of the evidence in canonical JSON, in hexadecimal. */
export const hashEvidence = (evidence: ItemEvidence): string =>
  createHash('sha256').update(canonicalJson(evidence)).digest('hex');

/**
 * What reviewers are shown of these subjects, as it is now: what is granted, what was used and when (in a stated window,
 * by stated sources, or unobservable), who calls, and what it reaches. Null for a subject that does not exist any more.
 */
export async function loadEvidence(
  tx: Tx,
  subjects: readonly Subject[],
  reach: ReachReader,
  now: Date,
): Promise<(ItemEvidence | null)[]> {
  const facts = await loadSubjectFacts(tx, subjects);
  const granted = await loadGranted(tx, subjects);
  const uses = await loadUses(tx, subjects, now);
  const things = await loadThings(
    tx,
    uses.flatMap((use) => use.rows.flatMap((r) => [r.actorId, r.targetId ?? 0])),
  );
  const reached = await reach([...new Set(subjects.map((subject) => subject.nodeId))]);
  return subjects.map((subject, ref) => {
    const fact = facts.get(ref);
    if (!fact) return null;
    const use = uses[ref] ?? NOT_LOOKED_AT;
    const own = subject.edgeId === null ? (reached.get(subject.nodeId) ?? null) : null;
    const used = usedOf(use, things);
    const grants = granted.get(ref) ?? { total: 0, shown: [] };
    const levels = [fact.permission?.level, ...grants.shown.map((row) => row.level)];
    return {
      asOf: now.toISOString(),
      ...fact,
      granted: grants,
      used,
      callers: callersOf(use, subject, things),
      reach: own,
      risks: risksOf({
        crownJewels: own?.crownJewels ?? null,
        topLevel: levels.includes('admin') ? 'admin' : null,
        grantsCrownJewel: [fact.permission?.to, ...grants.shown.map((row) => row.to)].some(
          (to) => to?.sensitivity === 'crown_jewel',
        ),
        use: used.use,
      }),
    };
  });
}

type Looked = { rows: SeenUse[]; coverage: Coverage; since: Date; until: Date };
const NOT_LOOKED_AT: Looked = {
  rows: [],
  coverage: { spans: [], coveredDays: 0, ofDays: 0, gaps: [], from: null, to: null },
  since: new Date(0),
  until: new Date(0),
};

/** The uses of each subject in the 90 days before the end of the newest log that could have seen one. */
async function loadUses(tx: Tx, subjects: readonly Subject[], now: Date): Promise<Looked[]> {
  const spans = await loadObservedSpans(tx);
  const where = await loadWhereabouts(tx, subjects);
  const known = new Map<string, Omit<Looked, 'rows'>>();
  const looked = subjects.map((_, ref) => {
    const places = where.get(ref) ?? [];
    const name = JSON.stringify(places);
    const same = known.get(name);
    if (same) return { rows: [], ...same };
    const newest = coverageOf(spans, places, new Date(0), now).to;
    const until = newest === null ? now : new Date(newest);
    const since = new Date(until.getTime() - LOOK_BACK_DAYS * DAY_MS);
    const span = { coverage: coverageOf(spans, places, since, until), since, until };
    known.set(name, span);
    return { rows: [], ...span };
  }) as Looked[];
  const selectors = await useSelectorsOf(tx, subjects);
  const bySince = Map.groupBy(selectors, (selector) => looked[selector.ref]?.since.getTime() ?? 0);
  for (const [since, group] of bySince) {
    for (const row of await loadSeenUses(tx, group, new Date(since))) looked[row.ref]?.rows.push(row);
  }
  return looked;
}

function usedOf(use: Looked, things: ReadonlyMap<number, Thing>): ItemEvidence['used'] {
  const rows = use.rows.filter((row) => row.role === 'use');
  const sum = (pick: (row: SeenUse) => number) => rows.reduce((n, row) => n + pick(row), 0);
  const times = rows.flatMap((row) => [row.firstAt.toISOString(), row.lastAt.toISOString()]).sort();
  const targets = groupUses(rows, (row) => row.targetId, things);
  const { coverage } = use;
  return {
    use: observedUse(
      sum((row) => row.allowed + row.denied + row.failed),
      coverage,
    ),
    since: use.since.toISOString(),
    until: use.until.toISOString(),
    coveredDays: coverage.coveredDays,
    ofDays: coverage.ofDays,
    sources: [
      ...new Set([...coverage.spans.map((span) => span.source), ...rows.flatMap((row) => row.sources)]),
    ].sort(),
    gaps: coverage.gaps,
    allowed: sum((row) => row.allowed),
    denied: sum((row) => row.denied),
    failed: sum((row) => row.failed),
    firstAt: times[0] ?? null,
    lastAt: times.at(-1) ?? null,
    targets: targets.slice(0, SHOWN_MAX).map(({ owner: _, ...target }) => target),
    moreTargets: Math.max(0, targets.length - SHOWN_MAX),
  };
}

/** Who acts on an identity or as it; who presents a credential; who exercises a permission. */
function callersOf(
  use: Looked,
  subject: Subject,
  things: ReadonlyMap<number, Thing>,
): ItemEvidence['callers'] {
  const rows = use.rows.filter((row) => row.actorId !== subject.nodeId);
  const callers = groupUses(rows, (row) => row.actorId, things);
  return { total: callers.length, shown: callers.slice(0, SHOWN_MAX) };
}

function groupUses(
  rows: readonly SeenUse[],
  idOf: (row: SeenUse) => number | null,
  things: ReadonlyMap<number, Thing>,
) {
  return [...Map.groupBy(rows, idOf)]
    .flatMap(([id, group]) => {
      const thing = id === null ? undefined : things.get(id);
      if (!thing) return [];
      const lastAt =
        group
          .map((row) => row.lastAt.toISOString())
          .sort()
          .at(-1) ?? '';
      return [{ ...thing, allowed: group.reduce((n, row) => n + row.allowed, 0), lastAt }];
    })
    .sort((a, b) => b.allowed - a.allowed || (a.key < b.key ? -1 : 1));
}
