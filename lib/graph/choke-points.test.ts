import { expect, test } from 'vitest';
import { ACCESS_LEVEL_NAMES, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { ChokePoints } from './choke-points.ts';
import { fixture } from './oracle-fixture.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { reachFrom, type ReachOptions } from './reach.ts';
import type { ReachResult } from './reach-result.ts';
import { weightOf } from './sensitivity-weights.ts';
import { known } from './typed.ts';

/** What the second reach lacks, a node left aside. */
function lossBetween(before: ReachResult, after: ReachResult, aside: number) {
  const lost = [...before.nodes()].filter((node) => node !== aside && !after.has(node));
  return { count: lost.length, weight: lost.reduce((sum, node) => sum + weightOf(before.snapshot, node), 0) };
}

/** Control-heavy graphs: most kinds granted, many resources, so that levels matter. */
function denseGraph(random: SeededRandom) {
  const graph = randomGraph(random, 14);
  const kinds = random.chance(0.5)
    ? EDGE_KIND_NAMES
    : (['grants', 'contains', 'exposes', 'hosts', 'assumes'] as const);
  const edges = graph.edges.map((edge) => ({
    ...edge,
    kind: random.pick(kinds),
    level: random.pick(ACCESS_LEVEL_NAMES),
  }));
  return { ...graph, edges };
}

test('what depends on a node or an edge alone is what a reach without it lacks', () => {
  for (let seed = 0; seed < 4000; seed++) {
    const random = new SeededRandom(seed);
    const fix = fixture(denseGraph(random));
    const options: ReachOptions = random.chance(0.5) ? {} : fix.toQuery(randomQuery(random, fix.graph));
    const starts = Array.from({ length: random.chance(0.8) ? 1 : 2 }, () => ({
      node: known(fix.nodes, random.below(fix.nodes.length)),
    }));
    const whole = reachFrom(fix.snapshot, starts, options);
    const chokes = new ChokePoints(whole);
    const nodes = new Map(chokes.nodes(1000).map(({ node, ...loss }) => [node, loss]));
    for (const node of whole.nodes()) {
      const without = { ...options, excludeNodes: [...(options.excludeNodes ?? []), node] };
      const loss = lossBetween(whole, reachFrom(fix.snapshot, starts, without), node);
      expect(chokes.lossOfNode(node), `seed ${seed} node ${node}`).toEqual(loss);
      expect(nodes.get(node) ?? { count: 0, weight: 0 }, `seed ${seed}`).toMatchObject(
        loss.count > 0 ? loss : { count: 0 },
      );
    }
    const edges = new Map(chokes.edges(1000).map(({ edge, count, weight }) => [edge, { count, weight }]));
    for (let edge = 0; edge < fix.snapshot.edgeCount; edge++) {
      const without = { ...options, excludeEdges: [...(options.excludeEdges ?? []), edge] };
      const loss = lossBetween(whole, reachFrom(fix.snapshot, starts, without), -1);
      expect(edges.get(edge) ?? { count: 0, weight: 0 }, `seed ${seed} edge ${edge}`).toEqual(loss);
    }
  }
});
