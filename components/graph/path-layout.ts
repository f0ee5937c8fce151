import type { Point } from './ring-layout.ts';

export type PathEdge = { from: number; to: number };

/** Room for a label of two lines between two columns, in units of the drawing. */
export const COLUMN = 130;
const ROW = 84;
/** From top to bottom, names stand to the right of their nodes. */
const STEP_DOWN = 58;
const LANE = 190;

/**
 * Left to right: a node stands in the column of its least distance from the first node of the paths, the first path along
 * the middle line and further ones below and above in turn. `isUpright` leads from top to bottom instead, for narrow screens.
 */
export function pathLayout(paths: readonly (readonly PathEdge[])[], isUpright = false): Map<number, Point> {
  const points = new Map<number, Point>();
  const columns = columnsOf(paths);
  const taken = new Map<number, Set<number>>();
  const last = Math.max(0, ...columns.values());
  paths.forEach((path, at) => {
    // 0, 1, -1, 2, -2 …
    const lane = at % 2 === 0 ? -at / 2 : (at + 1) / 2;
    for (const id of [...(path[0] ? [path[0].from] : []), ...path.map(({ to }) => to)]) {
      if (points.has(id)) continue;
      const column = columns.get(id) ?? 0;
      const rows = taken.get(column) ?? new Set<number>();
      let row = column === 0 || column === last ? 0 : lane;
      while (rows.has(row)) row += row < 0 ? -1 : 1;
      rows.add(row);
      taken.set(column, rows);
      points.set(
        id,
        isUpright ? { x: row * LANE, y: column * STEP_DOWN } : { x: column * COLUMN, y: row * ROW },
      );
    }
  });
  return points;
}

function columnsOf(paths: readonly (readonly PathEdge[])[]): Map<number, number> {
  const columns = new Map<number, number>();
  const longest = Math.max(0, ...paths.map((path) => path.length));
  for (const path of paths) {
    path.forEach(({ from, to }, at) => {
      columns.set(from, Math.min(columns.get(from) ?? Infinity, at));
      columns.set(to, Math.min(columns.get(to) ?? Infinity, at + 1));
    });
  }
  // The end stands alone at the right, also for those who get there sooner.
  const end = paths[0]?.at(-1)?.to;
  if (end !== undefined) columns.set(end, longest);
  return columns;
}
