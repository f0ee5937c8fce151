import { z } from 'zod';
import { ACCESS_LEVEL_NAMES, type EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { edgeKind, hopView, keyText, level, list, nodeView, scopeFields } from './schema.ts';
import { REACH_CHANGES } from './cut-question.ts';

/** That one thing stands within another is no permission; nobody can revoke it. */
const UNCUTTABLE: EdgeKind[] = ['contains'];
const ADDED_MAX = 50;
export const ROWS_MAX = 500;
export const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(100),
};

/** What would be with `withoutEdges` and `withoutNodes` (ids) taken away and `add` put in. */
export const whatIfBody = z.strictObject({
  key: keyText,
  mode: z.enum(['granted', 'exercised']).default('granted'),
  conditional: z.boolean().default(true),
  asOf: z.iso.datetime().optional(),
  hops: z.number().int().min(1).max(10_000).optional(),
  withoutEdges: z.array(z.int()).max(1_000).default([]),
  withoutNodes: z.array(z.int()).max(1_000).default([]),
  add: z
    .array(
      z.strictObject({
        from: keyText,
        to: keyText,
        kind: edgeKind,
        level: z.enum(ACCESS_LEVEL_NAMES).nullable().default(null),
        conditional: z.boolean().default(false),
      }),
    )
    .max(ADDED_MAX)
    .default([]),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(ROWS_MAX).default(100),
});
export type WhatIfBody = z.output<typeof whatIfBody>;

const reachSize = z.object({
  reached: z.number(),
  /** Restricted nodes and crown jewels among them. */
  sensitive: z.number(),
  crownJewels: z.number(),
  /** Sum of the sensitivity weights. */
  weight: z.number(),
});
export const whatIfView = z.object({
  version: z.number(),
  start: nodeView,
  before: reachSize,
  after: reachSize,
  counts: z.object({ lost: z.number(), lowered: z.number(), gained: z.number(), raised: z.number() }),
  truncated: z.string().nullable(),
  rows: z.array(nodeView.extend({ change: z.enum(REACH_CHANGES), before: level, after: level })),
});
export type WhatIfView = z.output<typeof whatIfView>;

export const cutPlanQuery = z.strictObject({
  ...scopeFields,
  key: keyText,
  cuts: z.coerce.number().int().min(1).max(50).default(5),
  /** How many times more a cut that somebody would notice must gain than one that nobody would. */
  exercisedCost: z.coerce.number().min(1).max(1_000).default(4),
  uncuttable: list(edgeKind).default(UNCUTTABLE),
});
export type CutPlanQuery = z.output<typeof cutPlanQuery>;

/** `unobservable`: no log could have shown it, so that none does says nothing. */
export const CUT_USES = ['used', 'unused', 'unobservable'] as const;
const cutHop = hopView.extend({ use: z.enum(CUT_USES) });
export type CutUse = (typeof CUT_USES)[number];
const size = z.object({ count: z.number(), weight: z.number() });

export const cutPlanView = z.object({
  version: z.number(),
  start: nodeView,
  before: size,
  after: size,
  /** In the order in which to revoke; the edges of one step only help together. */
  steps: z.array(
    z.object({
      hops: z.array(cutHop),
      /** Nodes that fall out of the reach with this step, and their sensitivity weights. */
      ...{ count: z.number(), weight: z.number() },
      /** Logs would have shown a use of each of its edges, and show none. */
      isFree: z.boolean(),
      sentence: z.string(),
    }),
  ),
});
export type CutPlanView = z.output<typeof cutPlanView>;

export const minimumCutQuery = z.strictObject({
  ...scopeFields,
  key: keyText,
  /** What is to be protected; the crown jewels when absent. */
  target: keyText.optional(),
  uncuttable: list(edgeKind).default(UNCUTTABLE),
});
export type MinimumCutQuery = z.output<typeof minimumCutQuery>;

export const minimumCutView = z.object({
  version: z.number(),
  start: nodeView,
  targets: z.number(),
  reached: z.number(),
  /** Empty where nothing is reached; null where no set of edges that may be cut parts them. */
  hops: z.array(cutHop).nullable(),
});
export type MinimumCutView = z.output<typeof minimumCutView>;
