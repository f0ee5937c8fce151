import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { compareGraphs, compareReach } from './compare.ts';
import { difference, whatIf } from './difference.ts';
import { fixture } from './oracle-fixture.ts';
import type { OracleGraph } from './oracle.ts';
import { randomGraph, randomQuery } from './random-graph.ts';
import { SeededRandom } from './seeded-random.ts';
import { reachFrom, reachInto } from './reach.ts';
import type { ReachResult } from './reach-result.ts';
import { Snapshot } from './snapshot.ts';
import { known } from './typed.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

const answer = (reach: ReachResult) =>
  [...Array(reach.snapshot.nodeCount).keys()].map((node) => [reach.distance(node), reach.level(node)]);

test('adding an edge never shrinks a reach, lowers a level or lengthens a way', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new SeededRandom(seed);
      const fix = fixture(randomGraph(random, 20));
      const query = { ...fix.toQuery(randomQuery(random, fix.graph)), addedEdges: [] };
      const start = [{ node: random.below(fix.snapshot.nodeCount) }];
      const edge = { from: random.below(fix.snapshot.nodeCount), to: random.below(fix.snapshot.nodeCount) };
      const kind = random.pick(['assumes', 'grants', 'contains', 'exposes', 'calls'] as const);
      const change = { addedEdges: [{ ...edge, kind, level: 'write' as const, exercised: true }] };
      const { before, after, difference: found } = whatIf(fix.snapshot, start, query, change);
      expect(found.lost).toEqual([]);
      expect(found.lowered).toEqual([]);
      before.forEach((node, distance) => expect(after.distance(node)).toBeLessThanOrEqual(distance));
    }),
    { numRuns: 1000 },
  );
});

test('taking an edge away and adding it again changes nothing, whether as a question or in the data', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new SeededRandom(seed);
      const graph = randomGraph(random, 15);
      if (graph.edges.length === 0) return;
      const edges = graph.edges.map(({ validFrom: _from, validTo: _to, ...edge }) => edge);
      const fix = fixture({ ...graph, edges });
      const position = random.below(edges.length);
      const removed = known(edges, position);
      const edge = { ...removed, from: known(fix.nodes, removed.from), to: known(fix.nodes, removed.to) };
      const start = [{ node: random.below(fix.snapshot.nodeCount) }];
      for (const reach of [reachFrom, reachInto]) {
        const cold = answer(reach(fix.snapshot, start));
        reach(fix.snapshot, start, { excludeEdges: [known(fix.edges, position)] });
        const back = { excludeEdges: [known(fix.edges, position)], addedEdges: [edge] };
        expect(answer(reach(fix.snapshot, start, back))).toEqual(cold);
        const reordered: OracleGraph = {
          ...graph,
          edges: [...edges.filter((_, i) => i !== position), removed],
        };
        expect(answer(reach(fixture(reordered).snapshot, start))).toEqual(cold);
      }
    }),
    { numRuns: 1000 },
  );
});

test('an answer is the same cold, warm, in any order of questions and from shared memory', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new SeededRandom(seed);
      const graph = randomGraph(random, 25);
      const fix = fixture(graph);
      const questions = Array.from({ length: 6 }, () => ({
        start: [{ node: random.below(fix.snapshot.nodeCount) }],
        query: fix.toQuery(randomQuery(random, graph)),
        reach: random.chance(0.5) ? reachFrom : reachInto,
      }));
      const warm = questions.map(({ start, query, reach }) => answer(reach(fix.snapshot, start, query)));
      const backwards = questions
        .toReversed()
        .map(({ start, query, reach }) => answer(reach(fix.snapshot, start, query)));
      expect(backwards.toReversed()).toEqual(warm);
      const shared = Snapshot.fromTransferable(structuredClone(fix.snapshot.toTransferable()));
      const cold = questions.map(({ start, query, reach }) => answer(reach(shared, start, query)));
      expect(cold).toEqual(warm);
    }),
    { numRuns: 500 },
  );
});

test('the difference of two reaches holds each node once, on the side that has it', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new SeededRandom(seed);
      const fix = fixture(randomGraph(random, 20));
      const start = [{ node: random.below(fix.snapshot.nodeCount) }];
      const granted = reachFrom(fix.snapshot, start);
      const exercised = reachFrom(fix.snapshot, start, { mode: 'exercised' });
      const found = difference(granted, exercised);
      for (let node = 0; node < fix.snapshot.nodeCount; node++) {
        if (node === start[0]?.node) continue;
        const [a, b] = [granted.level(node), exercised.level(node)];
        expect(found.lost.includes(node)).toBe(a !== null && b === null);
        expect(found.gained.includes(node)).toBe(a === null && b !== null);
        const both = a !== null && b !== null;
        expect(found.lowered.some((change) => change.node === node)).toBe(
          both && ACCESS_LEVELS[b] < ACCESS_LEVELS[a],
        );
        expect(found.raised.some((change) => change.node === node)).toBe(
          both && ACCESS_LEVELS[b] > ACCESS_LEVELS[a],
        );
      }
    }),
    { numRuns: 500 },
  );
});

test('two dates of one snapshot differ as two snapshots of those dates do', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new SeededRandom(seed);
      const graph = randomGraph(random, 12);
      const whole = fixture(graph).snapshot;
      const isValidAt = (time: number) => (fact: { validFrom?: number | null; validTo?: number | null }) =>
        (fact.validFrom ?? 0) <= time && time < (fact.validTo ?? Infinity);
      const [first, second] = [random.below(350), random.below(350)];
      const at = (time: number) => {
        const open = ({ validFrom: _from, validTo: _to, ...fact }: OracleGraph['nodes'][number]) => fact;
        const edges = graph.edges
          .filter(isValidAt(time))
          .map(({ validFrom: _f, validTo: _t, ...edge }) => edge);
        return fixture({ nodes: graph.nodes.map(open), edges }).snapshot;
      };
      const [before, after] = [at(first), at(second)];
      const byDate = compareGraphs({ snapshot: whole, asOf: first }, { snapshot: whole, asOf: second });
      const bySnapshot = compareGraphs({ snapshot: before }, { snapshot: after });
      const ids = (snapshot: Snapshot, edges: number[]) =>
        edges.map((edge) => snapshot.edgeId(edge)).sort((a, b) => a - b);
      expect(ids(whole, byDate.edges.added)).toEqual(ids(after, bySnapshot.edges.added));
      expect(ids(whole, byDate.edges.gone)).toEqual(ids(before, bySnapshot.edges.gone));
      expect(byDate.edges.changed).toEqual([]);
      const start = known(graph.nodes, random.below(graph.nodes.length)).id;
      const lost = compareReach(
        reachFrom(before, [{ node: before.nodeOf(start) }]),
        reachFrom(after, [{ node: after.nodeOf(start) }]),
      );
      const difference = new Set(lost.lost.map(({ id }) => id));
      for (const { id } of lost.gained) expect(difference.has(id)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
