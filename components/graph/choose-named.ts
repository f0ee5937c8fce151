import type { Point } from './ring-layout.ts';

export type Nameable = Point & {
  id: number;
  /** Characters of the label. */
  length: number;
  /** Named whatever it covers: the start and the crown jewels. */
  isAlways: boolean;
  /** Whether it asks for a name at all; others only must not be covered. */
  isAsking: boolean;
};

export type Box = { left: number; right: number; top: number; bottom: number };

/** The canvas is about so wide and high where the picture is read; names are weighed at the zoom that shows it whole there. */
const CANVAS_PX = 680;
const ZOOM_MAX = 1.3;
const CHARACTER_PX = 6.3;
const LINE_PX = 13;
const NODE_RADIUS = 14;

/**
 * The nodes whose names are readable while the whole picture is in sight, without one covering another, another node or what is
 * written elsewhere. Who comes first in the list is served first.
 */
export function chooseNamed(
  nodes: readonly Nameable[],
  radius: number,
  written: readonly Box[] = [],
): Set<number> {
  const zoom = Math.min(ZOOM_MAX, CANVAS_PX / (2 * Math.max(radius, 1)));
  const named = new Set<number>();
  const taken: Box[] = [...written];
  const inTurn = [...nodes.filter(({ isAlways }) => isAlways), ...nodes.filter(({ isAlways }) => !isAlways)];
  for (const node of inTurn) {
    if (!node.isAlways && !node.isAsking) continue;
    const box = labelBox(node, zoom);
    const isFree =
      !taken.some((other) => overlap(box, other)) &&
      !nodes.some((other) => other.id !== node.id && overlap(box, nodeBox(other)));
    if (!node.isAlways && !isFree) continue;
    taken.push(box);
    named.add(node.id);
  }
  return named;
}

function labelBox({ x, y, length }: Nameable, zoom: number): Box {
  const half = (length * CHARACTER_PX) / zoom / 2;
  const top = y + NODE_RADIUS;
  return { left: x - half, right: x + half, top, bottom: top + LINE_PX / zoom };
}

const nodeBox = ({ x, y }: Point): Box => ({
  left: x - NODE_RADIUS,
  right: x + NODE_RADIUS,
  top: y - NODE_RADIUS,
  bottom: y + NODE_RADIUS,
});

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
