import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandLayout, type Expansion } from './expand-layout.ts';

/** Random presses, each around something that an earlier one has added. */
const presses = fc
  .array(fc.record({ around: fc.nat(), size: fc.integer({ min: 0, max: 45 }) }), { maxLength: 8 })
  .map((picks) => {
    const ids = ['start'];
    return picks.map(({ around, size }): Expansion => {
      const at = ids[around % ids.length] ?? 'start';
      const added = Array.from({ length: size }, (_, n) => `${ids.length}.${n}`);
      ids.push(...added);
      return { around: at, added };
    });
  });

describe('expandLayout', () => {
  it('places everything once, none over another', () => {
    fc.assert(
      fc.property(presses, (expansions) => {
        const points = [...expandLayout('start', expansions).values()];
        expect(points).toHaveLength(1 + expansions.reduce((sum, { added }) => sum + added.length, 0));
        points.forEach((a, at) => {
          for (const b of points.slice(at + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(30);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('leaves what stood before where it was when something is added', () => {
    fc.assert(
      fc.property(presses, (expansions) => {
        const before = expandLayout('start', expansions.slice(0, -1));
        const after = expandLayout('start', expansions);
        for (const [id, point] of before) expect(after.get(id)).toEqual(point);
      }),
      { numRuns: 40 },
    );
  });
});
