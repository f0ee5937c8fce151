import { z } from 'zod';
import { ACCESS_LEVEL_NAMES, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';

/** In which order reached nodes are listed: by hops, by sensitivity (the gravest first) or by kind, as the ontology orders them. */
export const REACH_SORTS = ['hops', '-hops', 'sensitivity', 'kind'] as const;
export type ReachSort = (typeof REACH_SORTS)[number];

export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const nodeKind = z.enum(NODE_KIND_NAMES);
export const edgeKind = z.enum(EDGE_KIND_NAMES);
export const level = z.enum(ACCESS_LEVEL_NAMES).nullable();
/** A comma-separated list in an address. */
const split = (text: unknown) => (typeof text !== 'string' ? text : text === '' ? [] : text.split(','));
export const list = <O>(item: z.ZodType<O>) => z.preprocess(split, z.array(item).max(50));

export const NODES_DRAWN_MAX = 1_000;
/** A picture of more is not read any more; the rest is one click away. */
export const NODES_DRAWN_AT_FIRST = 240;
const ROWS_MAX = 500;

/** Which part of the graph is meant; the same in every graph address. */
export const scopeFields = {
  /** `unused`: granted, and no log shows it to be reached; paths and choke points are then those of what is granted. */
  mode: z.enum(['granted', 'exercised', 'unused']).default('granted'),
  conditional: flag.default(true),
  asOf: z.iso.datetime().optional(),
  hops: z.coerce.number().int().min(1).max(10_000).optional(),
  withoutEdges: list(z.coerce.number().int()).default([]),
  withoutNodes: list(z.coerce.number().int()).default([]),
};

const direction = z.enum(['from', 'into']).default('from');
export const keyText = z.string().min(1).max(2_048);

export const reachQuery = z.strictObject({
  ...scopeFields,
  key: keyText,
  direction,
  kinds: list(nodeKind).default([]),
  sensitiveOnly: flag.default(false),
  sort: z.enum(REACH_SORTS).default('hops'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(100),
  format: z.enum(['json', 'csv']).default('json'),
});
export type ReachQuery = z.output<typeof reachQuery>;

export const drawQuery = z.strictObject({
  ...scopeFields,
  key: keyText,
  direction,
  kinds: list(nodeKind).default([]),
  sensitiveOnly: flag.default(false),
  limit: z.coerce.number().int().min(1).max(NODES_DRAWN_MAX).default(NODES_DRAWN_AT_FIRST),
});
export type DrawQuery = z.output<typeof drawQuery>;

/** Why the blast radius of `key` holds `target`. */
export const whyQuery = z.strictObject({ ...scopeFields, key: keyText, direction, target: keyText });
export type WhyQuery = z.output<typeof whyQuery>;

export const widestQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) });

export const pathQuery = z.strictObject({
  ...scopeFields,
  from: keyText,
  to: keyText,
  paths: z.coerce.number().int().min(1).max(20).default(1),
  avoidKinds: list(nodeKind).default([]),
});
export type PathQuery = z.output<typeof pathQuery>;

export const chokeQuery = z.strictObject({
  ...scopeFields,
  key: keyText,
  limit: z.coerce.number().int().min(1).max(100).default(10),
});
export type ChokeQuery = z.output<typeof chokeQuery>;

export const neighbourQuery = z.strictObject({
  key: keyText,
  direction: z.enum(['from', 'into', 'both']).default('both'),
  kinds: list(edgeKind).default([]),
  limit: z.coerce.number().int().min(1).max(NODES_DRAWN_MAX).default(100),
});
export type NeighbourQuery = z.output<typeof neighbourQuery>;

export const searchQuery = z.strictObject({
  q: z.string().max(2_048).default(''),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});

export const nodeView = z.object({
  id: z.number(),
  key: z.string(),
  kind: nodeKind,
  name: z.string(),
  type: z.string().nullable(),
  provider: z.string().nullable(),
  environment: z.string().nullable(),
  zone: z.string().nullable(),
  sensitivity: z.enum(SENSITIVITIES).nullable(),
  owner: z.string().nullable(),
  ended: z.boolean(),
});
export type NodeView = z.output<typeof nodeView>;

export const edgeView = z.object({
  id: z.number(),
  from: z.number(),
  to: z.number(),
  kind: edgeKind,
  level,
  via: z.string().nullable(),
  conditional: z.boolean(),
  limited: z.boolean(),
  lastExercised: z.iso.datetime().nullable(),
  exercisedCount: z.number(),
  source: z.string(),
  validFrom: z.iso.datetime(),
});
export type EdgeView = z.output<typeof edgeView>;

const reachedNode = nodeView.extend({ hops: z.number(), level, isExercised: z.boolean() });
const drawnNode = reachedNode.extend({
  /** Id of the node through which its path comes; null for the start. */
  parent: z.number().nullable(),
  isMatch: z.boolean(),
  isLost: z.boolean(),
});
const reachTotals = {
  version: z.number(),
  start: nodeView,
  reached: z.number(),
  /** How many of them logs show to be reached as well. */
  exercised: z.number(),
  byKind: z.array(z.object({ kind: nodeKind, count: z.number() })),
  byHop: z.array(z.number()),
  /** Restricted nodes and crown jewels among the reached. */
  sensitive: z.number(),
  /** Why the search stopped early; null: it is whole. */
  truncated: z.string().nullable(),
  /** Further nodes that one switch hides. */
  hidden: z.object({ hops: z.number(), conditional: z.number() }),
  /** The reach before `withoutEdges` and `withoutNodes`; null where nothing is taken away. */
  before: z.object({ reached: z.number(), sensitive: z.number() }).nullable(),
  /** How many match the filters of kind and sensitivity. */
  matching: z.number(),
};

export const reachView = z.object({ ...reachTotals, rows: z.array(reachedNode) });
export type ReachView = z.output<typeof reachView>;

export const drawView = z.object({ ...reachTotals, nodes: z.array(drawnNode), edges: z.array(edgeView) });
export type DrawView = z.output<typeof drawView>;
export type DrawnNode = z.output<typeof drawnNode>;
export type ReachedNode = z.output<typeof reachedNode>;

export const hopView = z.object({ from: nodeView, edge: edgeView, to: nodeView, sentence: z.string() });
export type HopView = z.output<typeof hopView>;
export const pathView = z.object({
  version: z.number(),
  from: nodeView,
  to: nodeView,
  paths: z.array(z.object({ hops: z.array(hopView) })),
});
export type PathView = z.output<typeof pathView>;

export const chokeView = z.object({
  version: z.number(),
  reached: z.number(),
  nodes: z.array(z.object({ node: nodeView, count: z.number(), weight: z.number() })),
  edges: z.array(
    z.object({
      edge: edgeView,
      from: nodeView,
      to: nodeView,
      count: z.number(),
      weight: z.number(),
      sentence: z.string(),
    }),
  ),
});
export type ChokeView = z.output<typeof chokeView>;

export const neighbourView = z.object({
  node: nodeView,
  total: z.number(),
  nodes: z.array(nodeView),
  edges: z.array(edgeView),
});
export type NeighbourView = z.output<typeof neighbourView>;

export const searchView = z.object({ results: z.array(nodeView) });

export const widestView = z.object({
  version: z.number(),
  /** How many identities there are, and how many of them, those with most trust relations, were measured. */
  identities: z.number(),
  measured: z.number(),
  rows: z.array(
    z.object({ node: nodeView, reached: z.number(), sensitive: z.number(), crownJewels: z.number() }),
  ),
  crownJewels: z.array(z.object({ node: nodeView, exposedTo: z.number() })),
});
export type WidestView = z.output<typeof widestView>;
