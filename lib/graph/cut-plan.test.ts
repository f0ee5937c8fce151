import { expect, test } from 'vitest';
import { EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { planCuts } from './cut-plan.ts';
import { fixture } from './oracle-fixture.ts';
import { oracleReach } from './oracle.ts';
import { randomGraph } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { weightOf } from './sensitivity-weights.ts';
import { SnapshotBuilder } from './snapshot-builder.ts';
import { known } from './typed.ts';

test('a plan takes out of the reach exactly what it says, and its first step is worth at least any single cut', () => {
  for (let seed = 0; seed < 1500; seed++) {
    const random = new SeededRandom(seed);
    const base = randomGraph(random, 12);
    const edges = base.edges.map((edge) => ({ ...edge, kind: random.pick(EDGE_KIND_NAMES.slice(0, 11)) }));
    const fix = fixture({ ...base, edges });
    const start = random.below(fix.nodes.length);
    const plan = planCuts(fix.snapshot, [{ node: known(fix.nodes, start) }], { maxCuts: 3 });
    const sizeWithout = (excludeEdges: number[]) => {
      const held = oracleReach(fix.graph, [{ node: start, level: 4 }], { excludeEdges });
      const reached = held.flatMap((levels, node) => (levels[0] < Infinity && node !== start ? [node] : []));
      const weight = reached.reduce((sum, node) => sum + weightOf(fix.snapshot, known(fix.nodes, node)), 0);
      return { count: reached.length, weight };
    };
    const removed: number[] = [];
    let size = sizeWithout([]);
    expect(plan.before, `seed ${seed}`).toEqual(size);
    for (const step of plan.steps) {
      removed.push(...step.edges.map((edge) => fix.edges.indexOf(edge)));
      const next = sizeWithout(removed);
      expect(size.count - next.count, `seed ${seed}`).toBe(step.count);
      expect(size.weight - next.weight, `seed ${seed}`).toBe(step.weight);
      size = next;
    }
    expect(plan.after).toEqual(size);
    expect(removed.length).toBeLessThanOrEqual(3);
    const [first] = plan.steps;
    const priceOf = (edge: number) => (edges[edge]?.exercised ? 4 : 1);
    const firstPrice = removed
      .slice(0, first?.edges.length ?? 0)
      .reduce((sum, edge) => sum + priceOf(edge), 0);
    for (let edge = 0; edge < edges.length; edge++) {
      const gain = plan.before.weight - sizeWithout([edge]).weight;
      expect((first?.weight ?? 0) / Math.max(1, firstPrice), `seed ${seed}`).toBeGreaterThanOrEqual(
        gain / priceOf(edge),
      );
    }
  }
});

test('of two cuts that shrink the reach alike, the one that nobody uses comes first', () => {
  const builder = new SnapshotBuilder();
  for (const id of [0, 1, 2]) builder.addNode({ id, kind: 'role', sensitivity: 'restricted' });
  builder.addEdge({ id: 10, from: 0, to: 1, kind: 'assumes', exercised: true });
  builder.addEdge({ id: 11, from: 0, to: 2, kind: 'assumes', exercised: false });
  const snapshot = builder.freeze();
  const plan = planCuts(snapshot, [{ node: snapshot.nodeOf(0) }], { maxCuts: 2 });
  expect(plan.steps.map((step) => step.edges.map((edge) => snapshot.edgeId(edge)))).toEqual([[11], [10]]);
});

test('two grants that lead to one node are cut together, as neither alone changes anything', () => {
  const builder = new SnapshotBuilder();
  builder.addNode({ id: 0, kind: 'service' });
  builder.addNode({ id: 1, kind: 'resource', sensitivity: 'crown_jewel' });
  builder.addEdge({ id: 10, from: 0, to: 1, kind: 'grants', level: 'read' });
  builder.addEdge({ id: 11, from: 0, to: 1, kind: 'grants', level: 'write' });
  const snapshot = builder.freeze();
  const plan = planCuts(snapshot, [{ node: snapshot.nodeOf(0) }], { maxCuts: 2 });
  expect(plan.steps).toMatchObject([{ count: 1, weight: 30 }]);
  expect(plan.steps[0]?.edges).toHaveLength(2);
});
