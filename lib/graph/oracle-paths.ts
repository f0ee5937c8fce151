import type { EdgeQuery } from './query.ts';
import {
  givenLevel,
  isResource,
  neededLevel,
  oracleEdges,
  type OracleEdge,
  type OracleGraph,
} from './oracle.ts';

type Place = { node: number; level: number };

/**
 * Every loopless path from a start to a target, by trying all of them. Loopless: no node is entered again at a level
 * that the path already holds there. A path ends at the first target it reaches.
 */
export function oraclePaths(
  graph: OracleGraph,
  starts: readonly Place[],
  targets: readonly Place[],
  query: EdgeQuery = {},
): OracleEdge[][] {
  const edges = oracleEdges(graph, query);
  const asOfNodes = new Set(
    graph.nodes.map((_, node) => node).filter((node) => isNodeOpen(graph, node, query)),
  );
  const isTarget = (place: Place) =>
    targets.some(
      ({ node, level }) => node === place.node && (!isResource(graph, node) || place.level >= level),
    );
  const paths: OracleEdge[][] = [];
  const walk = (place: Place, held: ReadonlyMap<number, number>, path: readonly OracleEdge[]) => {
    if (isTarget(place)) {
      paths.push([...path]);
      return;
    }
    for (const edge of edges) {
      if (edge.from !== place.node || place.level < neededLevel(graph, edge)) continue;
      const level = givenLevel(graph, edge);
      if ((held.get(edge.to) ?? 0) >= level) continue;
      walk({ node: edge.to, level }, new Map(held).set(edge.to, level), [...path, edge]);
    }
  };
  for (const start of highestPerNode(starts)) {
    const level = isResource(graph, start.node) ? start.level : 4;
    if (asOfNodes.has(start.node)) walk({ node: start.node, level }, new Map([[start.node, level]]), []);
  }
  return paths.sort((a, b) => a.length - b.length);
}

function highestPerNode(places: readonly Place[]): Place[] {
  const highest = new Map<number, number>();
  for (const { node, level } of places) highest.set(node, Math.max(highest.get(node) ?? 0, level));
  return [...highest].map(([node, level]) => ({ node, level }));
}

function isNodeOpen(graph: OracleGraph, node: number, query: EdgeQuery): boolean {
  const fact = graph.nodes[node];
  if (!fact || query.excludeNodes?.includes(node)) return false;
  const asOf = query.asOf ?? null;
  if (asOf === null) return (fact.validTo ?? null) === null;
  return (fact.validFrom ?? -Infinity) <= asOf && asOf < (fact.validTo ?? Infinity);
}
