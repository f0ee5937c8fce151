import { describe, expect, it } from 'vitest';
import { oracleReach, type OracleGraph } from './oracle.ts';
import { patchSnapshot } from './patch-snapshot.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { reachFrom, reachInto } from './reach.ts';
import { SeededRandom } from './seeded-random.ts';
import { SnapshotBuilder, type EdgeInput, type NodeInput } from './snapshot-builder.ts';
import type { Snapshot } from './snapshot.ts';

type Facts = { nodes: NodeInput[]; edges: EdgeInput[] };

const factsOf = ({ nodes, edges }: OracleGraph): Facts => ({
  nodes: [...nodes],
  edges: edges.map((edge) => ({ ...edge, from: nodes[edge.from]?.id ?? -1, to: nodes[edge.to]?.id ?? -1 })),
});

function freeze({ nodes, edges }: Facts): Snapshot {
  const builder = new SnapshotBuilder();
  for (const node of nodes) builder.addNode(node);
  for (const edge of edges) builder.addEdge(edge);
  return builder.freeze();
}

/** Facts that keep the kinds of the nodes: some restated, some new. */
function changesOf(random: SeededRandom, facts: Facts): Facts {
  const other = factsOf(randomGraph(random, 8));
  const nodes = other.nodes.flatMap((node): NodeInput[] => {
    if (random.chance(0.4)) return [];
    const old = facts.nodes.find(({ id }) => id === node.id);
    return [old ? { ...node, kind: old.kind } : node];
  });
  const ids = [...new Set([...facts.nodes, ...nodes].map(({ id }) => id))];
  const edges = other.edges.flatMap((edge): EdgeInput[] => {
    const id = random.chance(0.5) ? edge.id : edge.id + 500;
    return random.chance(0.3) ? [] : [{ ...edge, id, from: random.pick(ids), to: random.pick(ids) }];
  });
  return { nodes, edges };
}

function applied(facts: Facts, changes: Facts): Facts {
  const replace = <T extends { id: number | string }>(old: T[], young: T[]) => {
    const byId = new Map([...old, ...young].map((fact) => [fact.id, fact]));
    return [...byId.values()];
  };
  return { nodes: replace(facts.nodes, changes.nodes), edges: replace(facts.edges, changes.edges) };
}

/** Everything that a snapshot says, by external id. */
function told(snapshot: Snapshot) {
  const nodes = Array.from({ length: snapshot.nodeCount }, (_, node) => ({
    ...{ id: snapshot.nodeId(node), kind: snapshot.kindOf(node), sensitivity: snapshot.sensitivityOf(node) },
    ...snapshot.nodeValidity(node),
  }));
  const edges = Array.from({ length: snapshot.edgeCount }, (_, edge) => {
    const { from, to, ...facts } = snapshot.edgeFacts(edge);
    const span = snapshot.edgeValidity(edge);
    return { ...facts, ends: [snapshot.nodeId(from), snapshot.nodeId(to)], ...span };
  });
  const byId = (a: { id: number | string }, b: { id: number | string }) => Number(a.id) - Number(b.id);
  return { nodes: nodes.sort(byId), edges: edges.sort(byId), size: snapshot.byteSizes().hot };
}

describe('patching a snapshot', () => {
  it('gives what freezing all facts anew gives, patch after patch, in every answer of both directions', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const random = new SeededRandom(seed);
      let facts = factsOf(randomGraph(random));
      let patched: Snapshot = freeze(facts);
      for (let round = 0; round < 3; round++) {
        const changes = changesOf(random, facts);
        facts = applied(facts, changes);
        const next = patchSnapshot(patched, changes);
        if (!next) throw new Error('The patch was refused.');
        patched = next;
        const fresh = freeze(facts);
        expect(told(patched), `seed ${seed}`).toEqual(told(fresh));
        expectSameReach(random, patched, fresh, facts);
      }
    }
  });

  it('holds the reach of the oracle', () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const random = new SeededRandom(seed);
      const before = factsOf(randomGraph(random));
      const changes = changesOf(random, before);
      const snapshot = patchSnapshot(freeze(before), changes);
      const { nodes, edges } = applied(before, changes);
      const position = new Map(nodes.map(({ id }, i) => [id, i]));
      const end = (id: number | string) => position.get(id) ?? -1;
      const graph = {
        nodes,
        edges: edges.map((edge) => ({ ...edge, from: end(edge.from), to: end(edge.to) })),
      };
      const start = random.below(nodes.length);
      const held = oracleReach(graph, [{ node: start, level: 4 }]);
      const reach = snapshot && reachFrom(snapshot, [{ node: snapshot.nodeOf(nodes[start]?.id ?? -1) }]);
      const hops = nodes.map(({ id }) => reach?.distance(snapshot?.nodeOf(id) ?? -1));
      expect(hops).toEqual(held.map(([read]) => (read === Infinity ? -1 : read)));
    }
  });

  it('refuses a node of another kind and an edge into nowhere, which the rows have no room for', () => {
    const snapshot = freeze({ nodes: [{ id: 1, kind: 'role' }], edges: [] });
    expect(patchSnapshot(snapshot, { nodes: [{ id: 1, kind: 'group' }], edges: [] })).toBeNull();
    const edges: EdgeInput[] = [{ id: 1, from: 1, to: 2, kind: 'assumes' }];
    expect(patchSnapshot(snapshot, { nodes: [], edges })).toBeNull();
  });
});

function expectSameReach(random: SeededRandom, a: Snapshot, b: Snapshot, { nodes, edges }: Facts): void {
  const graph = { nodes, edges: edges.map((edge) => ({ ...edge, from: 0, to: 0 })) };
  const query = { ...randomQuery(random, graph), excludeNodes: [], excludeEdges: [], addedEdges: [] };
  const id = random.pick(nodes).id;
  for (const ask of [reachFrom, reachInto]) {
    const [x, y] = [a, b].map((snapshot) => {
      const reach = ask(snapshot, [{ node: snapshot.nodeOf(id) }], query);
      return nodes.map((node) => {
        const at = snapshot.nodeOf(node.id);
        return [reach.distance(at), reach.level(at), reach.pathTo(at)?.length];
      });
    });
    expect(x).toEqual(y);
  }
}
