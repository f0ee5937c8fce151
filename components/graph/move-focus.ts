import type { Point } from './ring-layout.ts';

export type Arrow = 'up' | 'down' | 'left' | 'right';

const UNIT: Record<Arrow, Point> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};
/** A node that lies aside counts as this many times further away than one straight ahead. */
const ASIDE = 2;

/** The node that an arrow key leads to: the nearest within the quarter that the arrow points to; the first one when none is chosen yet. */
export function nearestInDirection(
  nodes: readonly (Point & { id: number })[],
  chosen: number | null,
  arrow: Arrow,
): number | null {
  const from = nodes.find(({ id }) => id === chosen);
  if (!from) return nodes[0]?.id ?? null;
  const unit = UNIT[arrow];
  let best: number | null = null;
  let least = Infinity;
  for (const { id, x, y } of nodes) {
    const [dx, dy] = [x - from.x, y - from.y];
    const ahead = dx * unit.x + dy * unit.y;
    const aside = Math.abs(dx * unit.y) + Math.abs(dy * unit.x);
    if (ahead <= 0 || aside > ahead) continue;
    const cost = ahead + ASIDE * aside;
    if (cost < least) [best, least] = [id, cost];
  }
  return best;
}
