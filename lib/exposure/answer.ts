import { AppError } from '#lib/core/errors.ts';
import { ChokePoints } from '#lib/graph/choke-points.ts';
import { kShortestPaths } from '#lib/graph/k-shortest-paths.ts';
import type { PathHop } from '#lib/graph/path-reader.ts';
import type { EdgeQuery, Endpoint, SearchLimits } from '#lib/graph/query.ts';
import type { ReachResult } from '#lib/graph/reach-result.ts';
import { reachFrom, reachInto } from '#lib/graph/reach.ts';
import type { NodeIndex, Snapshot } from '#lib/graph/snapshot.ts';
import { shortestPath } from '#lib/graph/shortest-path.ts';
import type { LoadedSnapshot } from './load-snapshot.ts';
import type {
  AnswerTo,
  ChokeAnswer,
  ChokeQuestion,
  DrawAnswer,
  DrawQuestion,
  PathAnswer,
  PathQuestion,
  Question,
  ReachAnswer,
  ReachQuestion,
  Scope,
  SummariesAnswer,
  SummariesQuestion,
} from './question.ts';

/** Answers one question on a loaded snapshot: database ids in, database ids out. */
export function answer<Q extends Question>(loaded: LoadedSnapshot, question: Q): AnswerTo<Q> {
  return answerAny(loaded, question) as AnswerTo<Q>;
}

function answerAny(loaded: LoadedSnapshot, question: Question) {
  switch (question.ask) {
    case 'reach':
      return answerReach(loaded, question);
    case 'draw':
      return answerDraw(loaded, question);
    case 'path':
      return answerPath(loaded, question);
    case 'choke':
      return answerChoke(loaded, question);
    case 'summaries':
      return answerSummaries(loaded, question);
  }
}

function answerReach(loaded: LoadedSnapshot, question: ReachQuestion | DrawQuestion): ReachAnswer {
  return reachAnswer(loaded, question, search(loaded.snapshot, question));
}

function answerDraw(loaded: LoadedSnapshot, question: DrawQuestion): DrawAnswer {
  const reach = search(loaded.snapshot, question);
  const found = reachAnswer(loaded, question, reach);
  const edges = new Set<number>();
  for (const { id } of found.rows) {
    const path = reach.pathTo(loaded.snapshot.nodeOf(id)) ?? [];
    const hop = question.direction === 'from' ? path.at(-1) : path[0];
    if (hop) edges.add(loaded.snapshot.edgeId(hop.edge));
  }
  return { ...found, edges: [...edges] };
}

function search(snapshot: Snapshot, question: ReachQuestion | DrawQuestion): ReachResult {
  const run = question.direction === 'from' ? reachFrom : reachInto;
  return run(snapshot, endpoints(snapshot, question.starts), options(snapshot, question));
}

function reachAnswer(
  { snapshot, version }: LoadedSnapshot,
  question: ReachQuestion | DrawQuestion,
  reach: ReachResult,
): ReachAnswer {
  const sensitive: number[] = [];
  const matching: { node: NodeIndex; hops: number; isSensitive: boolean }[] = [];
  reach.forEach((node, hops) => {
    const isSensitive = isSensitiveNode(snapshot, node);
    if (isSensitive) sensitive.push(idOf(snapshot, node));
    if (question.sensitiveOnly && !isSensitive) return;
    if (question.kinds.length === 0 || question.kinds.includes(snapshot.kindOf(node)))
      matching.push({ node, hops, isSensitive });
  });
  matching.sort(
    (a, b) => a.hops - b.hops || Number(b.isSensitive) - Number(a.isSensitive) || a.node - b.node,
  );
  const page = matching.slice(question.offset, question.offset + question.limit);
  return {
    version,
    reached: reach.count,
    byKind: [...reach.byKind()],
    byHop: reach.byHop.slice(1),
    sensitive,
    truncated: reach.truncated,
    matching: matching.length,
    rows: page.map(({ node, hops }) => ({
      id: idOf(snapshot, node),
      hops,
      level: levelAt(snapshot, reach, node),
    })),
  };
}

function answerPath({ snapshot, version }: LoadedSnapshot, question: PathQuestion): PathAnswer {
  const [from, to] = [endpoints(snapshot, question.from), endpoints(snapshot, question.to)];
  const query = { ...options(snapshot, question), avoidKinds: question.avoidKinds };
  const found =
    question.paths === 1
      ? [shortestPath(snapshot, from, to, query)].filter((path) => path !== null)
      : kShortestPaths(snapshot, from, to, { ...query, maxPaths: question.paths });
  return { version, paths: found.map((path) => path.map((hop) => describeHop(snapshot, hop))) };
}

function describeHop(snapshot: Snapshot, { from, edge, to, level }: PathHop) {
  return {
    from: idOf(snapshot, from),
    edge: snapshot.edgeId(edge),
    to: idOf(snapshot, to),
    kind: snapshot.edgeFacts(edge).kind,
    level,
  };
}

function answerChoke({ snapshot, version }: LoadedSnapshot, question: ChokeQuestion): ChokeAnswer {
  const reach = reachFrom(
    snapshot,
    endpoints(snapshot, question.starts),
    options(snapshot, { ...question, maxHops: null }),
  );
  const points = new ChokePoints(reach);
  return {
    version,
    reached: reach.count,
    nodes: points
      .nodes(question.limit)
      .map(({ node, count, weight }) => ({ id: idOf(snapshot, node), count, weight })),
    edges: points.edges(question.limit).map(({ edge, from, to, count, weight }) => ({
      id: snapshot.edgeId(edge),
      from: idOf(snapshot, from),
      to: idOf(snapshot, to),
      count,
      weight,
    })),
  };
}

function answerSummaries(
  { snapshot, version }: LoadedSnapshot,
  question: SummariesQuestion,
): SummariesAnswer {
  const summaries = question.starts
    .filter((id) => snapshot.nodeOf(id) !== -1)
    .map((id) => {
      const reach = reachFrom(snapshot, endpoints(snapshot, [id]), options(snapshot, question));
      let sensitive = 0;
      let crownJewels = 0;
      reach.forEach((node) => {
        if (isSensitiveNode(snapshot, node)) sensitive += 1;
        if (snapshot.sensitivityOf(node) === 'crown_jewel') crownJewels += 1;
      });
      return { id, reached: reach.count, sensitive, crownJewels };
    });
  return { version, summaries };
}

function endpoints(snapshot: Snapshot, ids: readonly number[]): Endpoint[] {
  return ids.map((id) => {
    const node = snapshot.nodeOf(id);
    if (node === -1)
      throw new AppError('not_found', 'The graph does not have this node yet. Try again in a moment.');
    return { node };
  });
}

function options(snapshot: Snapshot, scope: Scope): EdgeQuery & SearchLimits {
  const known = (index: number) => index !== -1;
  return {
    mode: scope.mode,
    includeConditional: scope.includeConditional,
    asOf: scope.asOf,
    excludeEdges: scope.excludeEdges.map((id) => snapshot.edgeOf(id)).filter(known),
    excludeNodes: scope.excludeNodes.map((id) => snapshot.nodeOf(id)).filter(known),
    ...(scope.maxHops === null ? {} : { maxHops: scope.maxHops }),
  };
}

function isSensitiveNode(snapshot: Snapshot, node: NodeIndex): boolean {
  const sensitivity = snapshot.sensitivityOf(node);
  return sensitivity === 'restricted' || sensitivity === 'crown_jewel';
}

const levelAt = (snapshot: Snapshot, reach: ReachResult, node: NodeIndex) =>
  snapshot.isResource(node) ? reach.level(node) : null;

/** Snapshots loaded from the database name nodes by its numbers. */
const idOf = (snapshot: Snapshot, node: NodeIndex): number => Number(snapshot.nodeId(node));
