import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import { planCuts } from '#lib/graph/cut-plan.ts';
import { whatIf, type ReachDifference } from '#lib/graph/difference.ts';
import { crownJewels, minimumCut } from '#lib/graph/minimum-cut.ts';
import type { AddedEdge } from '#lib/graph/query.ts';
import { reachFrom } from '#lib/graph/reach.ts';
import type { ReachResult } from '#lib/graph/reach-result.ts';
import { weightOf } from '#lib/graph/sensitivity-weights.ts';
import type { EdgeIndex, NodeIndex, Snapshot } from '#lib/graph/snapshot.ts';
import { endpoints, idOf, isSensitiveNode, nodeWithId, options } from './ask-snapshot.ts';
import type {
  ChangedRow,
  CutPlanAnswer,
  CutPlanQuestion,
  MinimumCutAnswer,
  MinimumCutQuestion,
  ReachChange,
  ReachSize,
  TriedEdge,
  WhatIfAnswer,
  WhatIfQuestion,
} from './cut-question.ts';
import type { LoadedSnapshot } from './load-snapshot.ts';

export function answerWhatIf({ snapshot, version }: LoadedSnapshot, question: WhatIfQuestion): WhatIfAnswer {
  const { excludeEdges, excludeNodes, ...query } = options(snapshot, question);
  const addedEdges = question.added.map((edge) => toAddedEdge(snapshot, edge));
  const change = { excludeEdges: excludeEdges ?? [], excludeNodes: excludeNodes ?? [], addedEdges };
  const starts = endpoints(snapshot, question.starts);
  const { before, after, difference } = whatIf(snapshot, starts, query, change);
  const changed = changedRows(snapshot, before, after, difference);
  const { lost, lowered, gained, raised } = difference;
  return {
    version,
    before: sizeOf(before),
    after: sizeOf(after),
    counts: { lost: lost.length, lowered: lowered.length, gained: gained.length, raised: raised.length },
    rows: changed.slice(question.offset, question.offset + question.limit),
    truncated: before.truncated ?? after.truncated,
  };
}

function toAddedEdge(snapshot: Snapshot, { from, to, kind, level, conditional }: TriedEdge): AddedEdge {
  return { from: nodeWithId(snapshot, from), to: nodeWithId(snapshot, to), kind, level, conditional };
}

function changedRows(
  snapshot: Snapshot,
  before: ReachResult,
  after: ReachResult,
  { lost, lowered, gained, raised }: ReachDifference,
): ChangedRow[] {
  // Only resources are reached at a level; everything else is reached or not.
  const levelIn = (reach: ReachResult, node: NodeIndex): AccessLevel | null =>
    snapshot.isResource(node) ? reach.level(node) : null;
  const gravity = (node: NodeIndex) => {
    const sensitivity = snapshot.sensitivityOf(node);
    return sensitivity === null ? -1 : SENSITIVITIES.indexOf(sensitivity);
  };
  const rows = (change: ReachChange, nodes: readonly NodeIndex[]) =>
    [...nodes]
      .sort((a, b) => gravity(b) - gravity(a) || a - b)
      .map((node) => ({
        id: idOf(snapshot, node),
        change,
        before: levelIn(before, node),
        after: levelIn(after, node),
      }));
  return [
    ...rows('lost', lost),
    ...rows(
      'lowered',
      lowered.map(({ node }) => node),
    ),
    ...rows('gained', gained),
    ...rows(
      'raised',
      raised.map(({ node }) => node),
    ),
  ];
}

function sizeOf(reach: ReachResult): ReachSize {
  const size = { reached: reach.count, sensitive: 0, crownJewels: 0, weight: 0 };
  reach.forEach((node) => {
    if (isSensitiveNode(reach.snapshot, node)) size.sensitive += 1;
    if (reach.snapshot.sensitivityOf(node) === 'crown_jewel') size.crownJewels += 1;
    size.weight += weightOf(reach.snapshot, node);
  });
  return size;
}

export function answerCutPlan(
  { snapshot, version }: LoadedSnapshot,
  question: CutPlanQuestion,
): CutPlanAnswer {
  const { cuts, exercisedCost, uncuttable } = question;
  const query = {
    ...options(snapshot, { ...question, maxHops: null }),
    maxCuts: cuts,
    exercisedCost,
    uncuttable,
  };
  const plan = planCuts(snapshot, endpoints(snapshot, question.starts), query);
  return {
    version,
    before: plan.before,
    after: plan.after,
    steps: plan.steps.map(({ edges, count, weight }) => ({
      edges: edges.map((edge) => endsOf(snapshot, edge)),
      count,
      weight,
    })),
  };
}

export function answerMinimumCut(
  { snapshot, version }: LoadedSnapshot,
  question: MinimumCutQuestion,
): MinimumCutAnswer {
  const starts = endpoints(snapshot, question.starts);
  const isStart = new Set(starts.map(({ node }) => node));
  const targets = (
    question.targets.length === 0 ? crownJewels(snapshot) : endpoints(snapshot, question.targets)
  ).filter(({ node }) => !isStart.has(node));
  const query = options(snapshot, { ...question, maxHops: null });
  const reach = reachFrom(snapshot, starts, query);
  const reached = targets.filter(({ node }) => reach.has(node));
  const cut = minimumCut(snapshot, starts, reached, { ...query, uncuttable: question.uncuttable });
  return {
    version,
    targets: targets.length,
    reached: reached.length,
    edges: cut.edges?.map((edge) => endsOf(snapshot, edge)) ?? null,
  };
}

function endsOf(snapshot: Snapshot, edge: EdgeIndex) {
  const { id, from, to } = snapshot.edgeFacts(edge);
  return { id, from: idOf(snapshot, from), to: idOf(snapshot, to) };
}
