import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import type { Scope } from './question.ts';

// Questions about the whole graph at once. `within` names the nodes that may be listed; null: every one.

export type RankQuestion = Scope & {
  ask: 'rank';
  measure: 'weight' | 'count';
  within: readonly number[] | null;
  offset: number;
  limit: number;
};
export type RankAnswer = {
  version: number;
  identities: number;
  /** Relative standard error of a score; 0 when every score is exact. */
  standardError: number;
  rows: { id: number; score: number }[];
};

export type ExposureQuestion = Scope & {
  ask: 'exposure';
  within: readonly number[] | null;
  offset: number;
  limit: number;
  /** Looking stops after so long; the answer then says so. */
  msMax: number;
};
export type ExposureAnswer = {
  version: number;
  crownJewels: number;
  measured: number;
  rows: { id: number; reachedBy: number; identities: number; nonHuman: number; nearest: number | null }[];
};

/** What came and went between two times (epoch seconds), and what the reach of `starts` gained and lost. */
export type CompareQuestion = Omit<Scope, 'asOf'> & {
  ask: 'compare';
  before: number;
  after: number;
  starts: readonly number[];
  within: readonly number[] | null;
  offset: number;
  limit: number;
};

export type PresenceChange = 'added' | 'gone';
export type CompareAnswer = {
  version: number;
  nodes: {
    added: number;
    gone: number;
    byKind: [NodeKind, { added: number; gone: number }][];
    rows: { id: number; change: PresenceChange }[];
  };
  edges: {
    added: number;
    gone: number;
    byKind: [EdgeKind, { added: number; gone: number }][];
    rows: { id: number; from: number; to: number; change: PresenceChange }[];
  };
  /** Null where no start was given. */
  reach: {
    before: number;
    after: number;
    gained: number;
    lost: number;
    changed: number;
    rows: { id: number; before: AccessLevel | null; after: AccessLevel | null }[];
  } | null;
};
