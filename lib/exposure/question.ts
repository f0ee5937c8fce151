import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import type {
  CutPlanAnswer,
  CutPlanQuestion,
  MinimumCutAnswer,
  MinimumCutQuestion,
  WhatIfAnswer,
  WhatIfQuestion,
} from './cut-question.ts';
import type {
  CompareAnswer,
  CompareQuestion,
  ExposureAnswer,
  ExposureQuestion,
  RankAnswer,
  RankQuestion,
} from './estate-question.ts';
import type { ReachSort } from './schema.ts';

/** What part of the graph a question is asked of; ids are those of the database. */
export type Scope = {
  mode: 'granted' | 'exercised';
  includeConditional: boolean;
  /** Epoch seconds; null: now. */
  asOf: number | null;
  maxHops: number | null;
  excludeEdges: readonly number[];
  excludeNodes: readonly number[];
};

export type ReachQuestion = Scope & {
  ask: 'reach';
  starts: readonly number[];
  direction: 'from' | 'into';
  /** Only what is granted and what no log shows to be reached. */
  unusedOnly: boolean;
  /** Reached nodes wanted in full: of these kinds (empty: all). */
  kinds: readonly NodeKind[];
  sensitiveOnly: boolean;
  sort: ReachSort;
  offset: number;
  limit: number;
};

type ReachedRow = { id: number; hops: number; level: AccessLevel | null; isExercised: boolean };

export type ReachAnswer = {
  version: number;
  reached: number;
  /** How many of them logs show to be reached as well. */
  exercised: number;
  byKind: [NodeKind, number][];
  /** Nodes first reached after 1, 2, … hops. */
  byHop: number[];
  /** How many are restricted or crown jewels. */
  sensitive: number;
  truncated: string | null;
  /** Further nodes that one switch hides: the hop limit, leaving conditional edges out. */
  hidden: { hops: number; conditional: number };
  /** The same before the excluded nodes and edges were taken away; null where none are. */
  before: { reached: number; sensitive: number } | null;
  /** How many match `kinds` and `sensitiveOnly`. */
  matching: number;
  rows: ReachedRow[];
};

/** The reached part near the start, for drawing. */
export type DrawQuestion = Omit<ReachQuestion, 'ask' | 'offset' | 'sort'> & { ask: 'draw' };

type DrawnRow = ReachedRow & {
  /** The node through which its path comes: one hop nearer to the start, or the start. */
  parent: number;
  /** False for what only stands on the way to something that matches. */
  isMatch: boolean;
  /** Reached only as long as the excluded nodes and edges are there. */
  isLost: boolean;
};
export type DrawAnswer = Omit<ReachAnswer, 'rows'> & { rows: DrawnRow[]; edges: number[] };

/** The path by which the reach of `starts` gets to `target`; the same that a drawing shows. */
export type WhyQuestion = Scope & {
  ask: 'why';
  starts: readonly number[];
  direction: 'from' | 'into';
  target: number;
};

export type PathQuestion = Scope & {
  ask: 'path';
  from: readonly number[];
  to: readonly number[];
  /** At most this many, the shortest first. */
  paths: number;
  avoidKinds: readonly NodeKind[];
};

export type PathAnswer = {
  version: number;
  paths: { from: number; edge: number; to: number; kind: EdgeKind; level: AccessLevel }[][];
};

export type ChokeQuestion = Scope & { ask: 'choke'; starts: readonly number[]; limit: number };
export type ChokeAnswer = {
  version: number;
  reached: number;
  nodes: { id: number; count: number; weight: number }[];
  edges: { id: number; from: number; to: number; count: number; weight: number }[];
};

/** Reach counts of many starts, one by one. */
export type SummariesQuestion = Scope & { ask: 'summaries'; starts: readonly number[] };
export type Summary = { id: number; reached: number; sensitive: number; crownJewels: number };
export type SummariesAnswer = { version: number; summaries: Summary[] };

type Answers = {
  reach: ReachAnswer;
  draw: DrawAnswer;
  path: PathAnswer;
  why: PathAnswer;
  choke: ChokeAnswer;
  summaries: SummariesAnswer;
  what_if: WhatIfAnswer;
  cut_plan: CutPlanAnswer;
  minimum_cut: MinimumCutAnswer;
  rank: RankAnswer;
  exposure: ExposureAnswer;
  compare: CompareAnswer;
};
export type Question =
  | ReachQuestion
  | DrawQuestion
  | PathQuestion
  | WhyQuestion
  | ChokeQuestion
  | SummariesQuestion
  | WhatIfQuestion
  | CutPlanQuestion
  | MinimumCutQuestion
  | RankQuestion
  | ExposureQuestion
  | CompareQuestion;
export type AnswerTo<Q extends Question> = Answers[Q['ask']];

/** Questions that may take seconds on a graph of millions: they wait for one another, not in the way of the others. */
const LONG: ReadonlySet<Question['ask']> = new Set([
  'summaries',
  'cut_plan',
  'minimum_cut',
  'rank',
  'exposure',
  'compare',
]);
export const isLong = ({ ask }: Question): boolean => LONG.has(ask);
