/** One node to place: its hops from the start and the node through which its path comes, which has fewer hops. */
export type RingNode = { id: number; hops: number; parent: number | null };
export type Point = { x: number; y: number };
type Ring = { hops: number; count: number; inner: number; outer: number };
export type RingLayout = { points: Map<number, Point>; rings: Ring[] };

/** Least distance of two nodes, in units of the drawing: room for a node of 24 and its two-line label. */
export const SPACING = 58;
/** Where a ring has room, its nodes stand so far apart, for their names. */
const ROOMY_SPACING = 150;
/** Kept free at the top of every ring, for what is written on it. */
const TOP = 100;
const RING_GAP = 96;
/** Around the start, whose name is written below it, a crowd keeps more distance. */
const CROWD = 12;
const CROWD_GAP = 140;
/** So many hops stand apart at the full gap; with more, the rings move together, down to the spacing. */
const WIDE_HOPS = 6;
const TURN = 2 * Math.PI;

/**
 * Rings by hops around the start. The order round a ring is that of a walk through the tree of paths, so that what comes
 * through one node stays together and edges do not cross wildly; a crowded ring is several rows deep. The nodes' order in
 * the input decides the order of siblings: the same input gives the same picture.
 */
export function ringLayout(nodes: readonly RingNode[]): RingLayout {
  const walk = walkTree(nodes);
  const points = new Map<number, Point>();
  const rings: Ring[] = [];
  for (const { id } of nodes.filter(({ hops }) => hops === 0)) points.set(id, { x: 0, y: 0 });
  const hopsMax = nodes.reduce((most, { hops }) => Math.max(most, hops), 0);
  const gap = Math.max(SPACING, Math.min(RING_GAP, (RING_GAP * WIDE_HOPS) / hopsMax));
  let edge = 0;
  for (let hops = 1; hops <= hopsMax; hops++) {
    const members = walk.filter((node) => node.hops === hops);
    if (members.length === 0) continue;
    const inner = edge === 0 && members.length > CROWD ? CROWD_GAP : edge + gap;
    const rows = rowsFor(members.length, inner);
    placeRing(members, inner, rows, points);
    edge = inner + (rows.length - 1) * SPACING;
    rings.push({ hops, count: members.length, inner, outer: edge });
  }
  return { points, rings };
}

type Walked = { id: number; hops: number; angle: number };

/** Every node in the order of a walk through the tree, at the middle of the wedge that its leaves take up. */
function walkTree(nodes: readonly RingNode[]): Walked[] {
  const children = new Map<number, RingNode[]>();
  const roots: RingNode[] = [];
  const known = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const parent = node.parent === null ? undefined : known.get(node.parent);
    if (parent === undefined || parent.hops >= node.hops) roots.push(node);
    else if (!children.get(parent.id)?.push(node)) children.set(parent.id, [node]);
  }
  const leaves = new Map<number, number>();
  const byDepth = [...nodes].sort((a, b) => b.hops - a.hops);
  for (const { id } of byDepth) {
    const sum = (children.get(id) ?? []).reduce((total, child) => total + (leaves.get(child.id) ?? 1), 0);
    leaves.set(id, Math.max(1, sum));
  }
  const share = TURN / roots.reduce((total, { id }) => total + (leaves.get(id) ?? 1), 0);
  const walked: Walked[] = [];
  // A chain may be thousands of hops long: a stack of our own, not the language's.
  const stack = startsOf(roots, 0, leaves, share);
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, from } = top;
    walked.push({ id: node.id, hops: node.hops, angle: from + ((leaves.get(node.id) ?? 1) * share) / 2 });
    stack.push(...startsOf(children.get(node.id) ?? [], from, leaves, share));
  }
  return walked;
}

/** Siblings side by side from an angle on, the first on top of the stack. */
function startsOf(
  siblings: readonly RingNode[],
  from: number,
  leaves: ReadonlyMap<number, number>,
  share: number,
) {
  let angle = from;
  const placed = siblings.map((node) => {
    const at = { node, from: angle };
    angle += (leaves.get(node.id) ?? 1) * share;
    return at;
  });
  return placed.reverse();
}

/** How many nodes each row holds: as few rows as have room, each filled in proportion to its length. */
function rowsFor(count: number, inner: number): number[] {
  const room: number[] = [];
  for (let total = 0; total < count; total += room.at(-1) ?? 0)
    room.push(Math.max(1, Math.floor((TURN * (inner + room.length * SPACING) - TOP) / (SPACING * 1.02))));
  const total = room.reduce((sum, places) => sum + places, 0);
  const rows = room.map((places) => Math.floor((places * count) / total));
  let left = count - rows.reduce((sum, places) => sum + places, 0);
  for (let row = rows.length - 1; left > 0; row = row === 0 ? rows.length - 1 : row - 1) {
    if ((rows[row] ?? 0) >= (room[row] ?? 0)) continue;
    rows[row] = (rows[row] ?? 0) + 1;
    left -= 1;
  }
  return rows;
}

function placeRing(
  members: readonly Walked[],
  inner: number,
  rows: readonly number[],
  points: Map<number, Point>,
) {
  if (rows.length === 1) {
    const free = TOP / inner;
    const roomy = (TURN - free) / members.length;
    const angles = spreadAngles(
      members.map(({ angle }) => angle),
      Math.min(roomy, ROOMY_SPACING / inner),
      { from: free / 2, to: TURN - free / 2 },
    );
    members.forEach(({ id }, at) => points.set(id, onCircle(inner, angles[at] ?? 0)));
    return;
  }
  const taken = rows.map(() => 0);
  members.forEach(({ id }, at) => {
    const row = mostBehind(rows, taken, (at + 1) / members.length);
    const place = taken[row] ?? 0;
    taken[row] = place + 1;
    const radius = inner + row * SPACING;
    const free = TOP / radius;
    points.set(id, onCircle(radius, free / 2 + ((TURN - free) * (place + 0.5)) / (rows[row] ?? 1)));
  });
}

/** The row that is furthest behind its share, so that all rows fill round the circle together. */
function mostBehind(rows: readonly number[], taken: readonly number[], share: number): number {
  let best = 0;
  let most = -Infinity;
  rows.forEach((places, row) => {
    const done = taken[row] ?? 0;
    const behind = done >= places ? -Infinity : places * share - done;
    if (behind > most) [best, most] = [row, behind];
  });
  return best;
}

/**
 * Ascending angles moved as little as possible (least squares, pooled as isotonic regression does) so that neighbours are at
 * least `gap` apart and all lie within the span, which must have room for them.
 */
export function spreadAngles(
  wanted: readonly number[],
  gap: number,
  span: { from: number; to: number },
): number[] {
  const blocks: { sum: number; size: number }[] = [];
  wanted.forEach((angle, at) => {
    let block = { sum: angle - at * gap, size: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.size > block.sum / block.size;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: last.sum + block.sum, size: last.size + block.size };
    }
    blocks.push(block);
  });
  const spread = blocks.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size));
  const [least, most] = [span.from + gap / 2, span.to - (wanted.length - 0.5) * gap];
  return spread.map((angle, at) => Math.min(Math.max(angle, least), Math.max(most, least)) + at * gap);
}

/** Angles begin at the top and go clockwise. */
function onCircle(radius: number, angle: number): Point {
  return {
    x: Math.round(radius * Math.sin(angle) * 10) / 10,
    y: Math.round(-radius * Math.cos(angle) * 10) / 10,
  };
}
