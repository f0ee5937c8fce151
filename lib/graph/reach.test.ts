import { expect, test } from 'vitest';
import { ACCESS_LEVELS, ACCESS_LEVEL_NAMES } from '#lib/ontology/edge-kinds.ts';
import { oracleLimits, oracleReach, oracleReachInto, type Held } from './oracle.ts';
import { fixture, type Fixture } from './oracle-fixture.ts';
import type { Endpoint } from './query.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { reachFrom, reachInto } from './reach.ts';
import type { ReachResult } from './reach-result.ts';
import { SnapshotBuilder } from './snapshot-builder.ts';
import { stateOf } from './state-space.ts';
import { hopAt, known } from './typed.ts';

/** What the engine says in the oracle's terms. */
function heldOf({ graph, snapshot, nodes }: Fixture, result: ReachResult): Held[] {
  return graph.nodes.map((_, position) => {
    const node = known(nodes, position);
    const hops = [1, 2, 3, 4].map((level) => hopAt(result.hops, stateOf(snapshot.space, node, level)) - 1);
    return hops.map((hop) => (hop < 0 ? Infinity : hop)) as Held;
  });
}

function randomLimits(random: SeededRandom) {
  return {
    ...(random.chance(0.2) ? { maxHops: random.below(4) } : {}),
    ...(random.chance(0.2) ? { maxNodes: random.below(6) } : {}),
    ...(random.chance(0.7) ? { strategy: random.pick(['queue', 'push', 'pull'] as const) } : {}),
  };
}

function randomEnds(random: SeededRandom, fix: Fixture) {
  return Array.from({ length: random.chance(0.8) ? 1 : 3 }, () => {
    const node = random.below(fix.graph.nodes.length);
    const level = random.chance(0.5) ? null : random.pick(ACCESS_LEVEL_NAMES);
    const endpoint: Endpoint = { node: known(fix.nodes, node), level };
    return { node, level, endpoint };
  });
}

/** Every hop must be an edge that the query lets through, joined to the next at a level that suffices. */
function checkPaths(fix: Fixture, result: ReachResult) {
  result.forEach((node, distance) => {
    const path = result.pathTo(node);
    expect(path).toHaveLength(distance);
    const ends = path?.map((hop) => [hop.from, hop.to]).flat() ?? [];
    expect(result.isForward ? ends.at(-1) : ends[0]).toBe(node);
    for (let i = 1; i < ends.length - 1; i += 2) expect(ends[i]).toBe(ends[i + 1]);
    for (const hop of path ?? []) {
      if (hop.edge < 0) continue;
      const facts = fix.snapshot.edgeFacts(hop.edge);
      expect([facts.from, facts.to]).toEqual([hop.from, hop.to]);
    }
    const far = result.isForward ? ends[0] : ends.at(-1);
    expect(result.distance(far ?? -1)).toBe(0);
  });
}

test('reach is what the naive oracle says on 12,000 random graphs, in every mode, direction, level, condition, date and limit', () => {
  for (let seed = 0; seed < 12_000; seed++) {
    const random = new SeededRandom(seed);
    const fix = fixture(randomGraph(random));
    // Several questions of one snapshot: an answer must not depend on those before it.
    for (let round = 0; round < 2; round++) {
      const query = randomQuery(random, fix.graph);
      const limits = randomLimits(random);
      const ends = randomEnds(random, fix);
      const isForward = random.chance(0.6);
      const options = { ...fix.toQuery(query), ...limits };
      const endpoints = ends.map((end) => end.endpoint);
      const result = isForward
        ? reachFrom(fix.snapshot, endpoints, options)
        : reachInto(fix.snapshot, endpoints, options);
      const absent = isForward ? 4 : 1;
      const oracleEnds = ends.map(({ node, level }) => ({
        node,
        level: level ? ACCESS_LEVELS[level] : absent,
      }));
      const whole = (isForward ? oracleReach : oracleReachInto)(fix.graph, oracleEnds, query);
      const rank = (node: number) => known(fix.nodes, node);
      const expected = oracleLimits(whole, isForward ? 1 : 4, limits, rank);
      const got = { held: heldOf(fix, result), truncated: result.truncated };
      if (JSON.stringify(got) !== JSON.stringify(expected))
        expect({ seed, ...got }).toEqual({ seed, ...expected });
      if (seed % 10 === 0) checkPaths(fix, result);
    }
  }
});

test('a chain deeper than 16 bits has exact distances, forward and backward', () => {
  const length = 70_000;
  const builder = new SnapshotBuilder();
  for (let i = 0; i < length; i++) builder.addNode({ id: i, kind: 'role' });
  for (let i = 1; i < length; i++) builder.addEdge({ id: i, from: i - 1, to: i, kind: 'assumes' });
  const snapshot = builder.freeze();
  const last = snapshot.nodeOf(length - 1);
  const first = snapshot.nodeOf(0);
  expect(reachFrom(snapshot, [{ node: first }]).distance(last)).toBe(length - 1);
  expect(reachInto(snapshot, [{ node: last }]).distance(first)).toBe(length - 1);
});

test('a graph large enough for every kind of step gives the same answer by each of them', () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = new SeededRandom(seed);
    const fix = fixture(randomGraph(random, 4000));
    const options = fix.toQuery({ ...randomQuery(random, fix.graph), includeConditional: true, kinds: null });
    const start = [{ node: random.below(fix.snapshot.nodeCount) }];
    for (const reach of [reachFrom, reachInto]) {
      const answers = ([undefined, 'queue', 'push', 'pull'] as const).map((strategy) =>
        heldOf(fix, reach(fix.snapshot, start, strategy ? { ...options, strategy } : options)),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
  }
});
