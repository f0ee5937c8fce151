import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { Scope } from './question.ts';

// Questions about what a change of the graph would do, and which change to make. Ids are those of the database.

/** A trust relation that is not there, to be tried. */
export type TriedEdge = {
  from: number;
  to: number;
  kind: EdgeKind;
  level: AccessLevel | null;
  conditional: boolean;
};

/** The reach of `starts` with the excluded nodes and edges of the scope taken away and `added` put in, against that without. */
export type WhatIfQuestion = Scope & {
  ask: 'what_if';
  starts: readonly number[];
  added: readonly TriedEdge[];
  offset: number;
  limit: number;
};

export const REACH_CHANGES = ['lost', 'lowered', 'gained', 'raised'] as const;
export type ReachChange = (typeof REACH_CHANGES)[number];

/** `before` and `after` are the levels at which a node is reached; null where it is not. */
export type ChangedRow = {
  id: number;
  change: ReachChange;
  before: AccessLevel | null;
  after: AccessLevel | null;
};

/** How much is reached; `weight` is the sum of sensitivity weights. */
export type ReachSize = { reached: number; sensitive: number; crownJewels: number; weight: number };

export type WhatIfAnswer = {
  version: number;
  before: ReachSize;
  after: ReachSize;
  counts: Record<ReachChange, number>;
  /** Lost first, then lowered, gained and raised; the most sensitive of each first. */
  rows: ChangedRow[];
  truncated: string | null;
};

export type CutPlanQuestion = Scope & {
  ask: 'cut_plan';
  starts: readonly number[];
  /** Most edges to cut. */
  cuts: number;
  /** How many times more a cut must gain that somebody would notice. */
  exercisedCost: number;
  uncuttable: readonly EdgeKind[];
};

export type CutPlanAnswer = {
  version: number;
  before: { count: number; weight: number };
  after: { count: number; weight: number };
  steps: { edges: { id: number; from: number; to: number }[]; count: number; weight: number }[];
};

/** The fewest edges between the starts and the targets; the crown jewels where no target is given. */
export type MinimumCutQuestion = Scope & {
  ask: 'minimum_cut';
  starts: readonly number[];
  targets: readonly number[];
  uncuttable: readonly EdgeKind[];
};

export type MinimumCutAnswer = {
  version: number;
  targets: number;
  /** How many of the targets the starts reach. */
  reached: number;
  /** Null where no set of edges that may be cut parts them. */
  edges: { id: number; from: number; to: number }[] | null;
};
