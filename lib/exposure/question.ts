import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';

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
  /** Reached nodes wanted in full: of these kinds (empty: all), in order of hops, then kind, then id. */
  kinds: readonly NodeKind[];
  sensitiveOnly: boolean;
  offset: number;
  limit: number;
};

export type ReachAnswer = {
  version: number;
  reached: number;
  byKind: [NodeKind, number][];
  /** Nodes first reached after 1, 2, … hops. */
  byHop: number[];
  /** Ids of reached nodes that are restricted or crown jewels. */
  sensitive: number[];
  truncated: string | null;
  /** How many match `kinds` and `sensitiveOnly`. */
  matching: number;
  rows: { id: number; hops: number; level: AccessLevel | null }[];
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

/** The reached part near the start, for drawing: nodes up to a limit and the edges that join them. */
export type DrawQuestion = Omit<ReachQuestion, 'ask'> & { ask: 'draw' };
export type DrawAnswer = ReachAnswer & { edges: number[] };

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

export type Answers = {
  reach: ReachAnswer;
  draw: DrawAnswer;
  path: PathAnswer;
  choke: ChokeAnswer;
  summaries: SummariesAnswer;
};
export type Question = ReachQuestion | DrawQuestion | PathQuestion | ChokeQuestion | SummariesQuestion;
export type AnswerTo<Q extends Question> = Answers[Q['ask']];
