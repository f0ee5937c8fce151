import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { READ } from './codes.ts';
import { makeOverlay } from './overlay.ts';
import { PathReader, type PathHop } from './path-reader.ts';
import type { Endpoint } from './query.ts';
import { endpointStates } from './reach.ts';
import { search } from './search.ts';
import { pathFilter, type PathQuery } from './shortest-path.ts';
import type { Snapshot } from './snapshot.ts';
import { stateOf } from './state-space.ts';
import { hopAt } from './typed.ts';

export type AllShortest = {
  paths: PathHop[][];
  /** How many there are; above 2^53 a lower bound. */
  count: number;
  isTruncated: boolean;
};

/** Every shortest path from any start to any target, at most `maxPaths` of them listed and all of them counted. */
export function allShortestPaths(
  snapshot: Snapshot,
  from: readonly Endpoint[],
  to: readonly Endpoint[],
  query: PathQuery & { maxPaths: number },
): AllShortest {
  const filter = pathFilter(snapshot, query, [...from, ...to]);
  const added = query.addedEdges ?? [];
  const overlay = added.length > 0 ? makeOverlay(snapshot.space, added, filter.allowed, true) : null;
  const starts = endpointStates(snapshot, from, true);
  const { hops } = search({ snapshot, isForward: true, starts, filter, overlay, limits: {} });
  const reader = new PathReader(snapshot, true, filter, added, hops);
  const ends = nearestTargets(reader, to);
  const count = countPaths(reader, ends);
  const paths = listPaths(reader, ends, query.maxPaths);
  return { paths, count, isTruncated: paths.length < count };
}

function nearestTargets({ snapshot, hops }: PathReader, to: readonly Endpoint[]): number[] {
  const least = new Map<number, number>();
  for (const { node, level } of to) {
    const wanted = level ? ACCESS_LEVELS[level] : READ;
    least.set(node, Math.min(least.get(node) ?? wanted, wanted));
  }
  const states = [...least].map(([node, level]) => stateOf(snapshot.space, node, level));
  const reached = states.filter((state) => hopAt(hops, state) > 0);
  const nearest = Math.min(...reached.map((state) => hopAt(hops, state)));
  return reached.filter((state) => hopAt(hops, state) === nearest);
}

/** Paths per state are the sum over its entries; summed hop by hop, so that depth costs no stack. */
function countPaths(reader: PathReader, ends: readonly number[]): number {
  let waiting = new Map<number, number>(ends.map((state) => [state, 1]));
  for (;;) {
    const next = new Map<number, number>();
    let isDone = true;
    for (const [state, ways] of waiting) {
      for (const { previous } of reader.entries(state)) {
        next.set(previous, (next.get(previous) ?? 0) + ways);
        isDone = false;
      }
    }
    if (isDone) return [...waiting.values()].reduce((sum, ways) => sum + ways, 0);
    waiting = next;
  }
}

function listPaths(reader: PathReader, ends: readonly number[], maxPaths: number): PathHop[][] {
  const paths: PathHop[][] = [];
  for (const end of ends) {
    const path: PathHop[] = [];
    const open = [{ isStart: hopAt(reader.hops, end) === 1, entries: reader.entries(end) }];
    while (open.length > 0 && paths.length < maxPaths) {
      const top = open[open.length - 1];
      if (!top) break;
      const entry = top.entries.next().value;
      if (entry) {
        path.push(reader.hopOf(entry));
        const isStart = hopAt(reader.hops, entry.previous) === 1;
        open.push({ isStart, entries: reader.entries(entry.previous) });
        continue;
      }
      if (top.isStart) paths.push(path.toReversed());
      open.pop();
      path.pop();
    }
  }
  return paths;
}
