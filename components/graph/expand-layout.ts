import type { Point } from './ring-layout.ts';

/** One press of "expand": what stands around a node that is already there. */
export type Expansion = { around: string; added: readonly string[] };

const SPACING = 62;
const FIRST_RADIUS = 120;
const TURN = 2 * Math.PI;

/**
 * Places what is added around the node that was expanded, in the fan that looks away from where that node came from. What
 * stood before keeps its place, so that the picture of the first presses is part of the picture of all.
 */
export function expandLayout(start: string, expansions: readonly Expansion[]): Map<string, Point> {
  const points = new Map<string, Point>([[start, { x: 0, y: 0 }]]);
  const origins = new Map<string, Point>();
  for (const { around, added } of expansions) {
    const centre = points.get(around);
    if (!centre) continue;
    const fresh = added.filter((id) => !points.has(id));
    placeFan(centre, origins.get(around) ?? null, fresh, points);
    for (const id of fresh) origins.set(id, centre);
  }
  return points;
}

function placeFan(
  centre: Point,
  origin: Point | null,
  ids: readonly string[],
  points: Map<string, Point>,
): void {
  // Whoever came from nowhere has the whole circle around; others the half that looks outward.
  const width = origin === null ? TURN : TURN / 2;
  const middle = origin === null ? 0 : Math.atan2(centre.y - origin.y, centre.x - origin.x);
  let waiting = [...ids];
  for (let radius = FIRST_RADIUS; waiting.length > 0; radius += SPACING) {
    const room = Math.max(1, Math.floor((width * radius) / SPACING));
    const places = Math.min(room, origin === null ? Math.max(waiting.length, 1) : room);
    const left: string[] = [];
    let next = 0;
    for (let place = 0; place < places && next < waiting.length; place++) {
      const point = onFan(centre, radius, middle, width, place, places);
      if (isTaken(point, points)) continue;
      const id = waiting[next++];
      if (id !== undefined) points.set(id, point);
    }
    left.push(...waiting.slice(next));
    waiting = left;
  }
}

/** Places fill from the middle of a fan outward, so that few added nodes stand straight ahead. */
function onFan(
  centre: Point,
  radius: number,
  middle: number,
  width: number,
  place: number,
  places: number,
): Point {
  const isWhole = width === TURN;
  const step = width / (isWhole ? places : Math.max(places - 1, 1));
  const off = isWhole ? place * step : (place % 2 === 0 ? place / 2 : -(place + 1) / 2) * step;
  return {
    x: Math.round((centre.x + radius * Math.cos(middle + off)) * 10) / 10,
    y: Math.round((centre.y + radius * Math.sin(middle + off)) * 10) / 10,
  };
}

function isTaken(point: Point, points: ReadonlyMap<string, Point>): boolean {
  for (const other of points.values())
    if (Math.hypot(other.x - point.x, other.y - point.y) < SPACING * 0.9) return true;
  return false;
}
