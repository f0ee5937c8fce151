import { describe, expect, it } from 'vitest';
import { pathLayout } from './path-layout.ts';

const path = (...ids: number[]) => ids.slice(1).map((to, at) => ({ from: ids[at] ?? 0, to }));

describe('pathLayout', () => {
  it('leads from left to right along every path', () => {
    const paths = [path(1, 2, 9), path(1, 3, 4, 9), path(1, 5, 4, 9)];
    const points = pathLayout(paths);
    for (const { from, to } of paths.flat())
      expect(points.get(to)?.x).toBeGreaterThan(points.get(from)?.x ?? Infinity);
  });

  it('puts no node over another', () => {
    const points = pathLayout([path(1, 2, 9), path(1, 3, 9), path(1, 4, 9), path(1, 5, 9), path(1, 6, 7, 9)]);
    const places = [...points.values()].map(({ x, y }) => `${x},${y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('keeps what the first path has where it is when further paths come', () => {
    const alone = pathLayout([path(1, 2, 3, 9)]);
    const more = pathLayout([path(1, 2, 3, 9), path(1, 4, 5, 9)]);
    for (const [id, point] of alone) expect(more.get(id)).toEqual(point);
  });

  it('shows nothing of no paths', () => {
    expect(pathLayout([]).size).toBe(0);
  });
});
