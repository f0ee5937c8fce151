import { compareGraphs, compareReach } from '#lib/graph/compare.ts';
import { exposureOf } from '#lib/graph/exposure.ts';
import { crownJewels } from '#lib/graph/minimum-cut.ts';
import { nonHumanIdentities, rankByReach } from '#lib/graph/rank.ts';
import { reachFrom } from '#lib/graph/reach.ts';
import type { NodeIndex, Snapshot } from '#lib/graph/snapshot.ts';
import { endpoints, idOf, options } from './ask-snapshot.ts';
import type {
  CompareAnswer,
  CompareQuestion,
  ExposureAnswer,
  ExposureQuestion,
  PresenceChange,
  RankAnswer,
  RankQuestion,
} from './estate-question.ts';
import type { LoadedSnapshot } from './load-snapshot.ts';

export function answerRank({ snapshot, version }: LoadedSnapshot, question: RankQuestion): RankAnswer {
  const isListed = listed(snapshot, question.within);
  const alive = isLive(snapshot, question.asOf);
  const starts = nonHumanIdentities(snapshot).filter((node) => isListed(node) && alive(node));
  const { maxHops: _, ...query } = options(snapshot, question);
  const { ranked, standardError } = rankByReach(snapshot, { ...query, measure: question.measure, starts });
  return {
    version,
    identities: ranked.length,
    standardError,
    rows: ranked
      .slice(question.offset, question.offset + question.limit)
      .map(({ node, score }) => ({ id: idOf(snapshot, node), score })),
  };
}

export function answerExposure(
  { snapshot, version }: LoadedSnapshot,
  question: ExposureQuestion,
): ExposureAnswer {
  const isListed = listed(snapshot, question.within);
  const alive = isLive(snapshot, question.asOf);
  const targets = crownJewels(snapshot).filter(({ node }) => isListed(node) && alive(node));
  const end = performance.now() + question.msMax;
  const { exposures } = exposureOf(snapshot, {
    ...options(snapshot, question),
    targets,
    shouldStop: () => performance.now() > end,
  });
  return {
    version,
    crownJewels: targets.length,
    measured: exposures.length,
    rows: exposures
      .slice(question.offset, question.offset + question.limit)
      .map(({ node, reachedBy, identities, nonHuman, nearest }) => ({
        ...{ id: idOf(snapshot, node), reachedBy, identities, nonHuman },
        nearest: nearest < 0 ? null : nearest,
      })),
  };
}

export function answerCompare(loaded: LoadedSnapshot, question: CompareQuestion): CompareAnswer {
  const { snapshot, version } = loaded;
  const isListed = listed(snapshot, question.within);
  const found = compareGraphs({ snapshot, asOf: question.before }, { snapshot, asOf: question.after });
  const nodes = changes(found.nodes, isListed);
  const edges = changes(
    {
      added: found.edges.added.map((edge) => snapshot.edgeFacts(edge)),
      gone: found.edges.gone.map((edge) => snapshot.edgeFacts(edge)),
    },
    ({ from, to }) => isListed(from) || isListed(to),
  );
  const page = <T>(rows: readonly T[]) => rows.slice(question.offset, question.offset + question.limit);
  return {
    version,
    nodes: {
      ...{
        added: nodes.added,
        gone: nodes.gone,
        byKind: byKind(nodes.rows, (node) => snapshot.kindOf(node)),
      },
      rows: page(nodes.rows).map(({ thing, change }) => ({ id: idOf(snapshot, thing), change })),
    },
    edges: {
      ...{ added: edges.added, gone: edges.gone, byKind: byKind(edges.rows, (edge) => edge.kind) },
      rows: page(edges.rows).map(({ thing: { id, from, to }, change }) => ({
        ...{ id, from: idOf(snapshot, from), to: idOf(snapshot, to), change },
      })),
    },
    reach: question.starts.length === 0 ? null : compareReaches(loaded, question, page),
  };
}

function compareReaches(
  { snapshot }: LoadedSnapshot,
  question: CompareQuestion,
  page: <T>(rows: readonly T[]) => T[],
): CompareAnswer['reach'] {
  const starts = endpoints(snapshot, question.starts);
  const at = (asOf: number) => reachFrom(snapshot, starts, options(snapshot, { ...question, asOf }));
  const [before, after] = [at(question.before), at(question.after)];
  const { gained, lost, changed } = compareReach(before, after);
  return {
    ...{ before: before.count, after: after.count },
    ...{ gained: gained.length, lost: lost.length, changed: changed.length },
    rows: page([...lost, ...gained, ...changed]).map((row) => ({ ...row, id: Number(row.id) })),
  };
}

type Changed<T> = { added: number; gone: number; rows: { thing: T; change: PresenceChange }[] };

function changes<T>(found: { added: T[]; gone: T[] }, isListed: (thing: T) => boolean): Changed<T> {
  const added = found.added.filter(isListed);
  const gone = found.gone.filter(isListed);
  const rows = [
    ...added.map((thing) => ({ thing, change: 'added' as const })),
    ...gone.map((thing) => ({ thing, change: 'gone' as const })),
  ];
  return { added: added.length, gone: gone.length, rows };
}

function byKind<T, K>(rows: Changed<T>['rows'], kindOf: (thing: T) => K) {
  const counts = new Map<K, { added: number; gone: number }>();
  for (const { thing, change } of rows) {
    const kind = kindOf(thing);
    const count = counts.get(kind) ?? { added: 0, gone: 0 };
    count[change] += 1;
    counts.set(kind, count);
  }
  return [...counts].sort(([, a], [, b]) => b.added + b.gone - (a.added + a.gone));
}

function listed(snapshot: Snapshot, within: readonly number[] | null): (node: NodeIndex) => boolean {
  if (within === null) return () => true;
  const nodes = new Set(within.map((id) => snapshot.nodeOf(id)));
  return (node) => nodes.has(node);
}

/** Whether a node holds at a time; without one, whether it has no end. */
function isLive(snapshot: Snapshot, asOf: number | null): (node: NodeIndex) => boolean {
  return (node) => {
    const { from, to } = snapshot.nodeValidity(node);
    return asOf === null ? to === null : (from ?? 0) <= asOf && (to === null || asOf < to);
  };
}
