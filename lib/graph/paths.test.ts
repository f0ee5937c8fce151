import { expect, test } from 'vitest';
import { ACCESS_LEVELS, ACCESS_LEVEL_NAMES, type AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import { allShortestPaths } from './all-shortest-paths.ts';
import { kShortestPaths } from './k-shortest-paths.ts';
import { givenLevel, isResource, neededLevel, oracleEdges, oracleReach, oracleReachInto } from './oracle.ts';
import { fixture, type Fixture } from './oracle-fixture.ts';
import { oraclePaths } from './oracle-paths.ts';
import type { PathHop } from './path-reader.ts';
import type { EdgeQuery } from './query.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { shortestPath, shortestPathThrough } from './shortest-path.ts';
import { known } from './typed.ts';

type End = { node: number; level: AccessLevel | null };

function randomCase(seed: number, nodesMax: number) {
  const random = new SeededRandom(seed);
  const fix = fixture(randomGraph(random, nodesMax));
  const query = randomQuery(random, fix.graph);
  const ends = (): End[] =>
    Array.from({ length: random.chance(0.8) ? 1 : 2 }, () => ({
      node: random.below(fix.graph.nodes.length),
      level: random.chance(0.5) ? null : random.pick(ACCESS_LEVEL_NAMES),
    }));
  const from = ends();
  const to = ends();
  const endpoints = (list: End[]) => list.map(({ node, level }) => ({ node: known(fix.nodes, node), level }));
  const places = (list: End[], absent: number) =>
    list.map(({ node, level }) => ({ node, level: level ? ACCESS_LEVELS[level] : absent }));
  return {
    random,
    fix,
    query,
    from: endpoints(from),
    to: endpoints(to),
    starts: places(from, 4),
    targets: places(to, 1),
  };
}

/** Whether the hops are edges that the query lets through, each followed at a level that suffices. */
function isWalkable(
  fix: Fixture,
  query: EdgeQuery,
  starts: { node: number; level: number }[],
  path: PathHop[],
) {
  const edges = new Map(oracleEdges(fix.graph, query).map((edge) => [edge.id, edge]));
  let place = null as { node: number; level: number } | null;
  return path.every((hop) => {
    const edge = edges.get(hop.edge < 0 ? hop.edge : fix.snapshot.edgeId(hop.edge));
    if (!edge || known(fix.nodes, edge.from) !== hop.from || known(fix.nodes, edge.to) !== hop.to)
      return false;
    const needed = neededLevel(fix.graph, edge);
    const holds = place
      ? place.node === edge.from && place.level >= needed
      : starts.some((s) => s.node === edge.from && (!isResource(fix.graph, s.node) || s.level >= needed));
    place = { node: edge.to, level: givenLevel(fix.graph, edge) };
    return holds && ACCESS_LEVELS[hop.level] === place.level;
  });
}

test('shortest, all shortest and k shortest loopless paths are those that trying every path finds', () => {
  for (let seed = 0; seed < 4000; seed++) {
    const { fix, query, from, to, starts, targets } = randomCase(seed, 7);
    const options = fix.toQuery(query);
    const every = oraclePaths(fix.graph, starts, targets, query);
    if (every.length > 2000) continue;
    const lengths = every.map((path) => path.length);
    const shortest = shortestPath(fix.snapshot, from, to, options);
    expect(shortest?.length, `seed ${seed}`).toBe(lengths[0]);

    const k = kShortestPaths(fix.snapshot, from, to, { ...options, maxPaths: 12 });
    expect(
      k.map((path) => path.length),
      `seed ${seed}`,
    ).toEqual(lengths.slice(0, 12));
    expect(new Set(k.map((path) => path.map((hop) => hop.edge).join())).size).toBeGreaterThanOrEqual(
      k.length - starts.length,
    );

    const least = new Set(
      every.filter((path) => path.length === lengths[0]).map((path) => path.map((e) => e.id).join()),
    );
    const all = allShortestPaths(fix.snapshot, from, to, { ...options, maxPaths: 5000 });
    const idOf = ({ edge }: PathHop) => (edge < 0 ? edge : fix.snapshot.edgeId(edge));
    expect(new Set(all.paths.map((path) => path.map(idOf).join())), `seed ${seed}`).toEqual(least);
    expect(all.count).toBe(all.paths.length);
    for (const path of [...k, ...all.paths, ...(shortest ? [shortest] : [])]) {
      expect(isWalkable(fix, query, starts, path), `seed ${seed}`).toBe(true);
    }
  }
});

test('a path through a node is as long as the shortest way there and on, and avoided kinds are not passed', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const { random, fix, query, from, to, starts, targets } = randomCase(seed, 9);
    const options = fix.toQuery(query);
    const through = random.below(fix.graph.nodes.length);
    const path = shortestPathThrough(fix.snapshot, from, [known(fix.nodes, through)], to, options);
    const there = oracleReach(fix.graph, starts, query)[through] ?? [];
    const onward = oracleReachInto(fix.graph, targets, query)[through] ?? [];
    const expected = Math.min(...there.map((hop, i) => hop + (onward[i] ?? Infinity)));
    expect(path?.length ?? Infinity, `seed ${seed}`).toBe(expected);

    const kind = random.pick(NODE_KIND_NAMES);
    const ends = [...starts, ...targets].map((end) => end.node);
    const avoided = fix.graph.nodes.flatMap((node, i) =>
      node.kind === kind && !ends.includes(i) ? [i] : [],
    );
    const excludeNodes = [...(query.excludeNodes ?? []), ...avoided];
    const around = oraclePaths(fix.graph, starts, targets, { ...query, excludeNodes })[0];
    const found = shortestPath(fix.snapshot, from, to, { ...options, avoidKinds: [kind] });
    expect(found?.length, `seed ${seed}`).toBe(around?.length);
  }
});
