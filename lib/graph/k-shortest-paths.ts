import { levelName } from './codes.ts';
import { rowPart, type EdgeFilter, type RowPart } from './edge-filter.ts';
import { passes } from './expand.ts';
import { makeOverlay, overlayRow, type Overlay } from './overlay.ts';
import type { PathHop } from './path-reader.ts';
import { addedRef, type Endpoint, type EdgeRef } from './query.ts';
import { endpointStates } from './reach.ts';
import { search } from './search.ts';
import { pathFilter, type PathQuery } from './shortest-path.ts';
import type { Snapshot } from './snapshot.ts';
import { levelOfState, nodeOfState } from './state-space.ts';
import { hopAt, i32, known, type Hops } from './typed.ts';

/** A path as the states at which it arrives, the first being its start, and the edges between them. */
type StatePath = { states: number[]; edges: EdgeRef[] };
type Candidate = StatePath & { key: string };

/**
 * The `maxPaths` shortest loopless paths from any start to any target, shortest first (Yen, 1971). Loopless: no node is
 * entered again at a level that the path already holds there. A path ends at the first target it reaches. One search
 * from the targets gives exact distances; each deviation is then an A* that sees little beside the path itself.
 */
export function kShortestPaths(
  snapshot: Snapshot,
  from: readonly Endpoint[],
  to: readonly Endpoint[],
  query: PathQuery & { maxPaths: number },
): PathHop[][] {
  const deviations = new Deviations(snapshot, from, to, query);
  const accepted: Candidate[] = [];
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  const offer = (path: StatePath | null) => {
    if (!path) return;
    const key = `${known(path.states, 0)}:${path.edges.join(',')}`;
    if (seen.has(key)) return;
    seen.add(key);
    candidates.push({ ...path, key });
  };
  offer(deviations.shortest(new Set()));
  while (accepted.length < query.maxPaths && candidates.length > 0) {
    candidates.sort((a, b) => b.edges.length - a.edges.length || (a.key < b.key ? 1 : -1));
    const path = candidates.pop();
    if (!path) break;
    accepted.push(path);
    offer(deviations.shortest(new Set(accepted.map((other) => known(other.states, 0)))));
    for (let i = 0; i < path.edges.length; i++) offer(deviations.deviate(path, i, accepted));
  }
  return accepted.map((path) => deviations.toHops(path));
}

class Deviations {
  readonly #snapshot: Snapshot;
  readonly #filter: EdgeFilter;
  readonly #overlay: Overlay | null;
  readonly #rows: RowPart;
  readonly #starts: readonly number[];
  /** Hops from each state to a target, plus one; 0 where there is no way. */
  readonly #toTarget: Hops;

  constructor(snapshot: Snapshot, from: readonly Endpoint[], to: readonly Endpoint[], query: PathQuery) {
    const added = query.addedEdges ?? [];
    this.#snapshot = snapshot;
    this.#filter = pathFilter(snapshot, query, [...from, ...to]);
    const { allowed } = this.#filter;
    const overlay = (isForward: boolean) =>
      added.length > 0 ? makeOverlay(snapshot.space, added, allowed, isForward) : null;
    this.#overlay = overlay(true);
    this.#rows = rowPart(snapshot.parts.out, this.#filter);
    const highest = new Map<number, number>();
    for (const state of endpointStates(snapshot, from, true)) {
      const node = nodeOfState(snapshot.space, state);
      highest.set(node, Math.max(highest.get(node) ?? 0, state));
    }
    this.#starts = [...highest.values()];
    const targets = endpointStates(snapshot, to, false);
    const plan = { snapshot, isForward: false, starts: targets, filter: this.#filter, limits: {} };
    this.#toTarget = search({ ...plan, overlay: overlay(false) }).hops;
  }

  /** The shortest path that begins at none of the given starts. */
  shortest(without: ReadonlySet<number>): StatePath | null {
    const starts = this.#starts.filter((state) => !without.has(state));
    return this.#aStar(starts, new Set(), new Set());
  }

  /** The shortest path that shares the first `shared` edges with `path` and then leaves all accepted ones. */
  deviate(path: StatePath, shared: number, accepted: readonly StatePath[]): StatePath | null {
    const states = path.states.slice(0, shared + 1);
    const edges = path.edges.slice(0, shared);
    const usedEdges = new Set<EdgeRef>();
    for (const other of accepted) {
      const isSame = other.states[0] === states[0] && edges.every((edge, i) => other.edges[i] === edge);
      const used = other.edges[shared];
      if (isSame && used !== undefined) usedEdges.add(used);
    }
    const held = new Set(states.flatMap((state) => this.#implied(state)));
    const rest = this.#aStar([known(states, shared)], held, usedEdges);
    if (!rest) return null;
    return { states: states.concat(rest.states.slice(1)), edges: edges.concat(rest.edges) };
  }

  toHops({ states, edges }: StatePath): PathHop[] {
    const { space } = this.#snapshot;
    return edges.map((edge, i) => ({
      from: nodeOfState(space, known(states, i)),
      edge,
      to: nodeOfState(space, known(states, i + 1)),
      level: levelName(levelOfState(space, known(states, i + 1))),
    }));
  }

  /** `closed` states are not entered; `unused` edges are not taken from a start. Distances to go are exact bounds. */
  #aStar(
    starts: readonly number[],
    closed: ReadonlySet<number>,
    unused: ReadonlySet<EdgeRef>,
  ): StatePath | null {
    const arrived = new Map<number, { previous: number; edge: EdgeRef; hops: number }>();
    const buckets: number[][] = [];
    const push = (state: number, total: number) => (buckets[total] ??= []).push(state);
    for (const state of starts) {
      const onward = hopAt(this.#toTarget, state);
      if (onward === 0) continue;
      arrived.set(state, { previous: -1, edge: 0, hops: 0 });
      push(state, onward);
    }
    const done = new Set<number>();
    for (let total = 0; total < buckets.length; total++) {
      const bucket = buckets[total] ?? [];
      for (let state = bucket.pop(); state !== undefined; state = bucket.pop()) {
        if (done.has(state)) continue;
        done.add(state);
        const here = arrived.get(state);
        if (!here) continue;
        if (hopAt(this.#toTarget, state) === 1) return trace(arrived, state);
        this.#forEachEdge(state, (target, edge) => {
          const onward = hopAt(this.#toTarget, target);
          if (onward === 0 || closed.has(target) || (here.hops === 0 && unused.has(edge))) return;
          const hops = here.hops + 1;
          if (hops >= (arrived.get(target)?.hops ?? Infinity)) return;
          arrived.set(target, { previous: state, edge, hops });
          push(target, hops + onward);
        });
      }
    }
    return null;
  }

  #forEachEdge(arrival: number, visit: (target: number, edge: EdgeRef) => void): void {
    const rows = this.#rows;
    for (const state of this.#implied(arrival)) {
      for (let i = i32(rows.starts, state); i < i32(rows.ends, state); i++) {
        if (passes(this.#filter, rows, i)) visit(i32(rows.targets, i), i);
      }
      const overlay = this.#overlay;
      const row = overlay ? overlayRow(overlay, state) : -1;
      if (!overlay || row === -1) continue;
      for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
        visit(i32(overlay.targets, i), addedRef(i32(overlay.positions, i)));
      }
    }
  }

  #implied(state: number): number[] {
    if (state < this.#snapshot.space.resourceStates) return [state];
    return Array.from({ length: (state & 3) + 1 }, (_, i) => state - i);
  }
}

function trace(arrived: ReadonlyMap<number, { previous: number; edge: EdgeRef }>, last: number): StatePath {
  const states = [last];
  const edges: EdgeRef[] = [];
  for (let step = arrived.get(last); step && step.previous !== -1; step = arrived.get(step.previous)) {
    edges.push(step.edge);
    states.push(step.previous);
  }
  return { states: states.reverse(), edges: edges.reverse() };
}
