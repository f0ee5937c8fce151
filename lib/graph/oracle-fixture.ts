import type { OracleGraph } from './oracle.ts';
import type { EdgeQuery } from './query.ts';
import type { Snapshot } from './snapshot.ts';
import { SnapshotBuilder } from './snapshot-builder.ts';
import { known } from './typed.ts';

/** A graph of the oracle as a snapshot, and the translation of positions: the oracle counts as the facts came in. */
export type Fixture = {
  graph: OracleGraph;
  snapshot: Snapshot;
  nodes: readonly number[];
  edges: readonly number[];
  toQuery: (query: EdgeQuery) => EdgeQuery;
};

export function fixture(graph: OracleGraph): Fixture {
  const builder = new SnapshotBuilder();
  for (const node of graph.nodes) builder.addNode(node);
  const idOf = (position: number) => known(graph.nodes, position).id;
  for (const edge of graph.edges) builder.addEdge({ ...edge, from: idOf(edge.from), to: idOf(edge.to) });
  const snapshot = builder.freeze();
  const nodes = graph.nodes.map((node) => snapshot.nodeOf(node.id));
  const edges = graph.edges.map((edge) => snapshot.edgeOf(edge.id));
  const toQuery = (query: EdgeQuery): EdgeQuery => ({
    ...query,
    excludeNodes: (query.excludeNodes ?? []).map((node) => known(nodes, node)),
    excludeEdges: (query.excludeEdges ?? []).map((edge) => known(edges, edge)),
    addedEdges: (query.addedEdges ?? []).map((edge) => ({
      ...edge,
      from: known(nodes, edge.from),
      to: known(nodes, edge.to),
    })),
  });
  return { graph, snapshot, nodes, edges, toQuery };
}
