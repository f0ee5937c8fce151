import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringLayout, SPACING, spreadAngles, type RingNode } from './ring-layout.ts';

/** A random tree of paths: each node hangs on an earlier one, one hop further out. */
const trees = fc.array(fc.nat(), { maxLength: 400 }).map((picks) => {
  const nodes: RingNode[] = [{ id: 0, hops: 0, parent: null }];
  picks.forEach((pick, at) => {
    const parent = nodes[pick % nodes.length] ?? { id: 0, hops: 0 };
    nodes.push({ id: at + 1, hops: parent.hops + 1, parent: parent.id });
  });
  return nodes;
});

const NODE_DIAMETER = 30;

describe('ringLayout', () => {
  it('places every node once, none over another', () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const points = [...ringLayout(nodes).points.values()];
        expect(points).toHaveLength(nodes.length);
        points.forEach((a, at) => {
          for (const b of points.slice(at + 1))
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(NODE_DIAMETER);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('puts nodes of more hops further out', () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const { points, rings } = ringLayout(nodes);
        rings
          .slice(1)
          .forEach((ring, at) =>
            expect(ring.inner).toBeGreaterThanOrEqual((rings[at]?.outer ?? 0) + SPACING),
          );
        for (const { id, hops } of nodes.filter((node) => node.hops > 0)) {
          const ring = rings.find((candidate) => candidate.hops === hops);
          const point = points.get(id);
          const distance = Math.hypot(point?.x ?? 0, point?.y ?? 0);
          expect(distance).toBeGreaterThan((ring?.inner ?? 0) - 1);
          expect(distance).toBeLessThan((ring?.outer ?? 0) + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('draws no two edges across each other between sparse rings', () => {
    // start ─┬─ 1 ── 3, 4      start ─ 2 ── 5, 6
    const nodes = [
      { id: 0, hops: 0, parent: null },
      { id: 1, hops: 1, parent: 0 },
      { id: 2, hops: 1, parent: 0 },
      { id: 5, hops: 2, parent: 2 },
      { id: 3, hops: 2, parent: 1 },
      { id: 6, hops: 2, parent: 2 },
      { id: 4, hops: 2, parent: 1 },
    ];
    const { points } = ringLayout(nodes);
    const sideOf = (id: number) => Math.sign(points.get(id)?.x ?? 0);
    expect([3, 4].map(sideOf)).toEqual([sideOf(1), sideOf(1)]);
    expect([5, 6].map(sideOf)).toEqual([sideOf(2), sideOf(2)]);
  });

  it('gives the same picture again', () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        expect(ringLayout(nodes)).toEqual(ringLayout([...nodes]));
      }),
      { numRuns: 20 },
    );
  });

  it('stands a chain of thousands of hops', () => {
    const chain = Array.from({ length: 5_000 }, (_, id) => ({
      id,
      hops: id,
      parent: id === 0 ? null : id - 1,
    }));
    expect(ringLayout(chain).points.size).toBe(5_000);
  });
});

describe('spreadAngles', () => {
  it('keeps the order, the gap and the span', () => {
    const angles = fc.array(fc.double({ min: 0, max: 6.28, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(angles, (unsorted) => {
        const wanted = [...unsorted].sort((a, b) => a - b);
        const gap = 6 / 50;
        const spread = spreadAngles(wanted, gap, { from: 0.2, to: 6 });
        spread.slice(1).forEach((angle, at) => expect(angle - (spread[at] ?? 0)).toBeGreaterThan(gap - 1e-9));
        expect(spread[0]).toBeGreaterThan(0.2);
        expect(spread.at(-1)).toBeLessThan(6);
      }),
    );
  });
});
