import { expect, test } from 'vitest';
import { EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { condense } from './condense.ts';
import { exposureOf } from './exposure.ts';
import { fixture } from './oracle-fixture.ts';
import { oracleReach } from './oracle.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { nonHumanIdentities, rankByReach } from './rank.ts';
import { reachFrom, reachInto } from './reach.ts';
import { reachCounts } from './reach-counts.ts';
import { weightOf } from './sensitivity-weights.ts';
import { sketchCounts } from './sketch-counts.ts';
import { SnapshotBuilder } from './snapshot-builder.ts';
import { known } from './typed.ts';

test('the exact counts of every node are those of the naive oracle', () => {
  for (let seed = 0; seed < 2500; seed++) {
    const random = new SeededRandom(seed);
    const fix = fixture(randomGraph(random, seed % 25 === 0 ? 80 : 12));
    const query = random.chance(0.4) ? {} : { ...randomQuery(random, fix.graph), addedEdges: [] };
    const { addedEdges: _none, ...options } = fix.toQuery(query);
    const { counts, weights } = reachCounts(condense(fix.snapshot, options), fix.nodes);
    const sketched = sketchCounts(condense(fix.snapshot, options), fix.nodes, 'count');
    for (const [position, node] of fix.nodes.entries()) {
      const held = oracleReach(fix.graph, [{ node: position, level: 4 }], query);
      const reached = held.flatMap((levels, other) =>
        levels[0] < Infinity && other !== position ? [other] : [],
      );
      const weight = reached.reduce((sum, other) => sum + weightOf(fix.snapshot, known(fix.nodes, other)), 0);
      expect(counts[position], `seed ${seed} node ${node}`).toBe(reached.length);
      expect(weights[position], `seed ${seed} node ${node}`).toBe(weight);
      // Fewer nodes than a sketch holds: no estimate, the count itself.
      const isStartOpen = held[position]?.[0] === 0;
      expect(sketched.estimates[position]).toBe(isStartOpen ? reached.length + 1 : 0);
    }
  }
});

test('sketches stay within their stated error on a graph far larger than a sketch', () => {
  const random = new SeededRandom(7);
  const builder = new SnapshotBuilder();
  const count = 8000;
  for (let id = 0; id < count; id++) {
    builder.addNode({ id, kind: 'role', sensitivity: random.chance(0.05) ? 'crown_jewel' : 'internal' });
  }
  // Edges lead to higher ids, so that sizes of reach spread from one to thousands.
  for (let id = 0; id < count * 1.2; id++) {
    const from = random.below(count - 1);
    builder.addEdge({
      id,
      from,
      to: from + 1 + random.below(Math.min(400, count - from - 1)),
      kind: 'assumes',
    });
  }
  const snapshot = builder.freeze();
  const starts = nonHumanIdentities(snapshot);
  for (const measure of ['count', 'weight'] as const) {
    const exact = new Map(rankByReach(snapshot, { measure }).ranked.map(({ node, score }) => [node, score]));
    const sketched = rankByReach(snapshot, { measure, exactEdgesMax: 0 });
    expect(sketched.standardError).toBeLessThanOrEqual(0.05);
    const large = sketched.ranked.filter(({ node }) => (exact.get(node) ?? 0) > 1000);
    expect(large.length).toBeGreaterThan(100);
    const squares = large.map(({ node, score }) => (score / (exact.get(node) ?? 1) - 1) ** 2);
    const rootMeanSquare = Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
    // Estimates share their draws, so that one unlucky draw moves all of them: three times the standard error.
    expect(rootMeanSquare).toBeLessThan(3 * sketched.standardError);
    expect(starts.length).toBe(sketched.ranked.length);
  }
});

test('the exposure of a target is the number of nodes whose own reach has it', () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = new SeededRandom(seed);
    const graph = randomGraph(random, 15);
    const edges = graph.edges.map((edge) => ({ ...edge, kind: random.pick(EDGE_KIND_NAMES.slice(0, 8)) }));
    const { snapshot } = fixture({ ...graph, edges });
    for (const exposure of exposureOf(snapshot).exposures) {
      expect(snapshot.sensitivityOf(exposure.node)).toBe('crown_jewel');
      const inverse = [...Array(snapshot.nodeCount).keys()].filter(
        (node) => node !== exposure.node && reachFrom(snapshot, [{ node }]).has(exposure.node),
      );
      expect(exposure.reachedBy).toBe(inverse.length);
      expect(exposure.reachedBy).toBe(reachInto(snapshot, [{ node: exposure.node }]).count);
    }
  }
});
