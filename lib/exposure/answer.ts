import { ChokePoints } from '#lib/graph/choke-points.ts';
import { kShortestPaths } from '#lib/graph/k-shortest-paths.ts';
import type { PathHop } from '#lib/graph/path-reader.ts';
import { reachFrom } from '#lib/graph/reach.ts';
import { shortestPath } from '#lib/graph/shortest-path.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import { answerCutPlan, answerMinimumCut, answerWhatIf } from './answer-cut.ts';
import { answerCompare, answerExposure, answerRank } from './answer-estate.ts';
import { answerDraw, answerReach } from './answer-reach.ts';
import { endpoints, idOf, isSensitiveNode, options, searchReach } from './ask-snapshot.ts';
import type { LoadedSnapshot } from './load-snapshot.ts';
import type {
  AnswerTo,
  ChokeAnswer,
  ChokeQuestion,
  PathAnswer,
  PathQuestion,
  Question,
  SummariesAnswer,
  SummariesQuestion,
  WhyQuestion,
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
    case 'why':
      return answerWhy(loaded, question);
    case 'choke':
      return answerChoke(loaded, question);
    case 'summaries':
      return answerSummaries(loaded, question);
    case 'what_if':
      return answerWhatIf(loaded, question);
    case 'cut_plan':
      return answerCutPlan(loaded, question);
    case 'minimum_cut':
      return answerMinimumCut(loaded, question);
    case 'rank':
      return answerRank(loaded, question);
    case 'exposure':
      return answerExposure(loaded, question);
    case 'compare':
      return answerCompare(loaded, question);
  }
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

function answerWhy({ snapshot, version }: LoadedSnapshot, question: WhyQuestion): PathAnswer {
  const target = snapshot.nodeOf(question.target);
  const path = target === -1 ? null : searchReach(snapshot, question).pathTo(target);
  return { version, paths: path === null ? [] : [path.map((hop) => describeHop(snapshot, hop))] };
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
