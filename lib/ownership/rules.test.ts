import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopClosedBy, ownershipEnd, passBasis, passesOf, type Pass } from './rules.ts';

const now = new Date('2026-06-01T00:00:00Z');
const inDays = (n: number) => new Date(now.getTime() + n * 86_400_000);

describe('ownershipEnd', () => {
  it('is a year unless a shorter time was chosen, and never in the past', () => {
    expect(ownershipEnd(null, now)).toEqual(inDays(365));
    expect(ownershipEnd(inDays(30), now)).toEqual(inDays(30));
    expect(ownershipEnd(inDays(4_000), now)).toEqual(inDays(365));
    expect(ownershipEnd(inDays(-1), now)).toBeNull();
  });
});

describe('loopClosedBy', () => {
  it('names the way round', () => {
    expect(loopClosedBy([{ from: 1, to: 2 }], { from: 2, to: 1 })).toEqual([2, 1, 2]);
    const chain = [
      { from: 1, to: 2 },
      { from: 2, to: 3 },
    ];
    expect(loopClosedBy(chain, { from: 3, to: 1 })).toEqual([3, 1, 2, 3]);
    expect(loopClosedBy(chain, { from: 3, to: 4 })).toBeNull();
  });

  it('finds a loop exactly where the receiver can be followed back to the sender', () => {
    const owner = fc.integer({ min: 1, max: 6 });
    const pass = fc.record({ from: owner, to: owner });
    fc.assert(
      fc.property(fc.array(pass, { maxLength: 12 }), pass, (passes, next) => {
        expect(loopClosedBy(passes, next) !== null).toBe(closure(passes, next.to).has(next.from));
      }),
    );
  });

  it('reads passes back from the bases of claims', () => {
    expect(
      passesOf([
        { basis: passBasis(7), ownerId: 9 },
        { basis: 'tag', ownerId: 3 },
      ]),
    ).toEqual([{ from: 7, to: 9 }]);
  });
});

/** Naive: grow the set until nothing is added. */
function closure(passes: readonly Pass[], start: number): Set<number> {
  const reached = new Set([start]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const pass of passes) if (reached.has(pass.from)) reached.add(pass.to);
  }
  return reached;
}
