import { describe, expect, it } from 'vitest';
import { nearestInDirection } from './move-focus.ts';

//        2
//   4    1    3 ──── 6
//        5
const nodes = [
  { id: 1, x: 0, y: 0 },
  { id: 2, x: 0, y: -50 },
  { id: 3, x: 60, y: 0 },
  { id: 4, x: -60, y: 10 },
  { id: 5, x: 5, y: 40 },
  { id: 6, x: 200, y: 0 },
];

describe('nearestInDirection', () => {
  it('goes to the nearest node on that side', () => {
    const from1 = (['up', 'right', 'left', 'down'] as const).map((arrow) =>
      nearestInDirection(nodes, 1, arrow),
    );
    expect(from1).toEqual([2, 3, 4, 5]);
  });

  it('stays where there is nothing on that side', () => {
    expect(nearestInDirection(nodes, 6, 'right')).toBeNull();
  });

  it('begins at the first node', () => {
    expect(nearestInDirection(nodes, null, 'down')).toBe(1);
    expect(nearestInDirection([], null, 'down')).toBeNull();
  });
});
