import { expect, test } from 'vitest';
import { EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { ACCESS_LEVELS, ACCESS_LEVEL_NAMES } from '#lib/ontology/edge-kinds.ts';
import { minimumCut } from './minimum-cut.ts';
import { oracleReach, type OracleGraph } from './oracle.ts';
import { fixture } from './oracle-fixture.ts';
import type { EdgeQuery } from './query.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { known } from './typed.ts';

type Place = { node: number; level: number };

/** The fewest of `cuttable` without which no target is held, by trying sets of growing size; null when none does. */
function oracleCut(
  graph: OracleGraph,
  start: Place,
  target: Place,
  query: EdgeQuery,
  cuttable: number[],
): number | null {
  const isParted = (removed: number[]) => {
    const excludeEdges = [...(query.excludeEdges ?? []), ...removed];
    const held = oracleReach(graph, [start], { ...query, excludeEdges })[target.node] ?? [];
    const wanted = graph.nodes[target.node]?.kind === 'resource' ? target.level : 1;
    return held[wanted - 1] === Infinity;
  };
  const tries = (size: number, first: number, removed: number[]): boolean => {
    if (size === 0) return isParted(removed);
    for (let i = first; i < cuttable.length; i++) {
      if (tries(size - 1, i + 1, [...removed, known(cuttable, i)])) return true;
    }
    return false;
  };
  if (!isParted(cuttable)) return null;
  for (let size = 0; ; size++) if (tries(size, 0, [])) return size;
}

test('a minimum cut parts start from target and no smaller set does', () => {
  let cuts = 0;
  for (let seed = 0; seed < 4000; seed++) {
    const random = new SeededRandom(seed);
    const base = randomGraph(random, 6);
    const kinds = ['grants', 'contains', 'assumes', 'hosts', 'exposes', 'authenticates'] as const;
    const edges = base.edges.slice(0, 11).map((edge) => ({
      ...edge,
      kind: random.chance(0.8) ? random.pick(kinds) : random.pick(EDGE_KIND_NAMES),
    }));
    const graph = { ...base, edges };
    const fix = fixture(graph);
    const query = random.chance(0.7) ? {} : { ...randomQuery(random, graph), addedEdges: [] };
    const uncuttable = random.chance(0.7) ? [] : (['contains', 'hosts'] as const);
    const start = { node: random.below(graph.nodes.length), level: 4 };
    const level = random.pick(ACCESS_LEVEL_NAMES);
    const target = { node: random.below(graph.nodes.length), level: ACCESS_LEVELS[level] };
    const cuttable = edges.flatMap((edge, i) =>
      (uncuttable as readonly string[]).includes(edge.kind) ? [] : [i],
    );
    const expected = oracleCut(graph, start, target, query, cuttable);
    const { addedEdges: _none, ...options } = fix.toQuery(query);
    const cut = minimumCut(
      fix.snapshot,
      [{ node: known(fix.nodes, start.node) }],
      [{ node: known(fix.nodes, target.node), level }],
      { ...options, uncuttable },
    );
    expect(cut.edges?.length ?? null, `seed ${seed}`).toBe(expected);
    if (!cut.edges || cut.edges.length === 0) continue;
    cuts += 1;
    const removed = cut.edges.map((edge) => fix.edges.indexOf(edge));
    const rest: EdgeQuery = {
      ...query,
      excludeEdges: [...(options.excludeEdges ?? []).map((edge) => fix.edges.indexOf(edge)), ...removed],
    };
    expect(oracleCut(graph, start, target, rest, [])).toBe(0);
  }
  expect(cuts).toBeGreaterThan(200);
});
