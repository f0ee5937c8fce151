import { ACCESS_LEVELS, EDGE_KINDS, type EdgeKindRule } from '#lib/ontology/edge-kinds.ts';
import type { EdgeInput, NodeInput } from './snapshot-builder.ts';
import type { EdgeQuery } from './query.ts';

/**
 * The meaning of the engine, written for the reader and not for the machine: plain maps and queues over the facts as
 * they came in. Tests hold every fast answer against these. Nodes and edges are named by position in their lists.
 */
export type OracleGraph = { nodes: readonly NodeInput[]; edges: readonly OracleEdge[] };
export type OracleEdge = Omit<EdgeInput, 'from' | 'to'> & { from: number; to: number };

/** Hops at which a node is first held at read, use, write, admin or better; Infinity where never. */
export type Held = [number, number, number, number];

const isLive = (fact: { validFrom?: number | null; validTo?: number | null }, asOf: number | null) =>
  asOf === null
    ? (fact.validTo ?? null) === null
    : (fact.validFrom ?? -Infinity) <= asOf && asOf < (fact.validTo ?? Infinity);

/** The edges that a query lets through, ends included. */
export function oracleEdges(graph: OracleGraph, query: EdgeQuery): OracleEdge[] {
  const asOf = query.asOf ?? null;
  const isNodeOpen = (node: number) => {
    const fact = graph.nodes[node];
    return fact !== undefined && isLive(fact, asOf) && !query.excludeNodes?.includes(node);
  };
  const added = (query.addedEdges ?? []).map((edge, i) => ({ ...edge, id: -1 - i }));
  const kept = graph.edges.filter((edge, i) => isLive(edge, asOf) && !query.excludeEdges?.includes(i));
  return [...kept, ...added].filter((edge) => {
    const rule: EdgeKindRule = EDGE_KINDS[edge.kind];
    if (query.kinds && !query.kinds.includes(edge.kind)) return false;
    if (edge.conditional && query.includeConditional === false) return false;
    if (!isNodeOpen(edge.from) || !isNodeOpen(edge.to)) return false;
    if (query.mode !== 'exercised') return rule.granted;
    return rule.exercised === 'always' || (rule.exercised === 'observed' && edge.exercised === true);
  });
}

export const isResource = (graph: OracleGraph, node: number): boolean =>
  graph.nodes[node]?.kind === 'resource';

/** The least level that the left side must be held at. */
export function neededLevel(graph: OracleGraph, edge: OracleEdge): number {
  const { needs }: EdgeKindRule = EDGE_KINDS[edge.kind];
  return isResource(graph, edge.from) && needs ? ACCESS_LEVELS[needs] : 1;
}

/** The level at which the edge hands over its right side. */
export function givenLevel(graph: OracleGraph, edge: OracleEdge): number {
  if (!isResource(graph, edge.to) || !EDGE_KINDS[edge.kind].carriesLevel) return 4;
  return edge.level ? ACCESS_LEVELS[edge.level] : 1;
}

/** Forward reach: every (node, level) is a place of its own, and all places are visited in order of hops. */
export function oracleReach(
  graph: OracleGraph,
  starts: readonly { node: number; level: number }[],
  query: EdgeQuery = {},
): Held[] {
  const edges = oracleEdges(graph, query);
  const held: Held[] = graph.nodes.map(() => [Infinity, Infinity, Infinity, Infinity]);
  const asOf = query.asOf ?? null;
  const queue: { node: number; level: number; hop: number }[] = [];
  const visit = (node: number, level: number, hop: number) => {
    const levels = held[node];
    if (!levels || (levels[level - 1] ?? 0) <= hop) return;
    for (let l = 1; l <= level; l++) levels[l - 1] = Math.min(levels[l - 1] ?? 0, hop);
    queue.push({ node, level, hop });
  };
  for (const { node, level } of starts) {
    const fact = graph.nodes[node];
    if (!fact || !isLive(fact, asOf) || query.excludeNodes?.includes(node)) continue;
    visit(node, isResource(graph, node) ? level : 4, 0);
  }
  for (let place = queue.shift(); place; place = queue.shift()) {
    const { node, level, hop } = place;
    for (const edge of edges) {
      if (edge.from === node && level >= neededLevel(graph, edge))
        visit(edge.to, givenLevel(graph, edge), hop + 1);
    }
  }
  return held;
}

/** Backward reach by its definition: ask the forward reach of every node at every level whether it has the target. */
export function oracleReachInto(
  graph: OracleGraph,
  targets: readonly { node: number; level: number }[],
  query: EdgeQuery = {},
): Held[] {
  return graph.nodes.map((_, node) => {
    const hops = [1, 2, 3, 4].map((level) => {
      const held = oracleReach(graph, [{ node, level }], query);
      const found = targets.map((target) => {
        const wanted = isResource(graph, target.node) ? target.level : 1;
        return held[target.node]?.[wanted - 1] ?? Infinity;
      });
      return Math.min(...found);
    });
    return hops as Held;
  });
}

export type LimitedHeld = { held: Held[]; truncated: 'hops' | 'nodes' | null };

/**
 * The limits of a search applied to a whole answer. `base` is the level by which a node counts as reached: 1 forward,
 * 4 backward. `rank` orders nodes of the same hop.
 */
export function oracleLimits(
  held: readonly Held[],
  base: 1 | 4,
  limits: { maxHops?: number; maxNodes?: number },
  rank: (node: number) => number,
): LimitedHeld {
  const { maxHops = Infinity, maxNodes = Infinity } = limits;
  const first = (node: number) => held[node]?.[base - 1] ?? Infinity;
  const reached = held
    .map((_, node) => node)
    .filter((node) => first(node) > 0 && first(node) < Infinity)
    .sort((a, b) => first(a) - first(b) || rank(a) - rank(b));
  const cutNode = reached[maxNodes];
  const cutHop = cutNode === undefined ? Infinity : first(cutNode);
  const isByNodes = cutHop <= maxHops;
  const lastHop = Math.min(maxHops, cutHop);
  const dropped = new Set(isByNodes ? reached.slice(maxNodes) : []);
  const isCut = held.some((levels) => levels.some((hop) => hop < Infinity && hop > lastHop));
  return {
    held: held.map(
      (levels, node) => levels.map((hop) => (hop > lastHop || dropped.has(node) ? Infinity : hop)) as Held,
    ),
    truncated: cutNode !== undefined && isByNodes ? 'nodes' : isCut ? 'hops' : null,
  };
}
