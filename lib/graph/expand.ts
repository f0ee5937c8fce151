import { hasBit, type Bits } from './bits.ts';
import type { EdgeFilter, RowPart } from './edge-filter.ts';
import type { Overlay } from './overlay.ts';
import { i32, u8 } from './typed.ts';

/**
 * The inner loops of a search over bit sets. Each reads states in ascending order, so that rows stream through the
 * cache, and touches at random nothing larger than one bit per state. `next` may gain states that were visited before;
 * the caller takes them out, which is cheaper than a branch per edge.
 */

/** Top down: marks in `next` everything that an edge of the frontier reaches. */
export function pushFrontier(frontier: Bits, next: Bits, rows: RowPart): void {
  const { starts, ends, targets, occupied } = rows;
  for (let w = 0; w < frontier.length; w++) {
    let word = i32(frontier, w) & i32(occupied, w);
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const state = (w << 5) + 31 - Math.clz32(bit);
      const end = i32(ends, state);
      for (let i = i32(starts, state); i < end; i++) {
        const target = i32(targets, i);
        next[target >>> 5] = i32(next, target >>> 5) | (1 << (target & 31));
      }
    }
  }
}

/** Top down with a test of each edge: what does not pass marks nothing, as a branch per edge would be guessed wrong. */
export function pushFiltered(frontier: Bits, next: Bits, rows: RowPart, filter: EdgeFilter): void {
  const { starts, ends, targets, meta, occupied } = rows;
  const { allowed, deadEdges } = filter;
  for (let w = 0; w < frontier.length; w++) {
    let word = i32(frontier, w) & i32(occupied, w);
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const state = (w << 5) + 31 - Math.clz32(bit);
      const end = i32(ends, state);
      for (let i = i32(starts, state); i < end; i++) {
        const target = i32(targets, i);
        let passed = u8(allowed, u8(meta, i));
        if (deadEdges !== null && isDead(deadEdges, rows, i)) passed = 0;
        next[target >>> 5] = i32(next, target >>> 5) | (passed << (target & 31));
      }
    }
  }
}

/** Bottom up: for each state not visited yet, whether any edge into it comes from the frontier; stops at the first. */
export function pullFrontier(frontier: Bits, visited: Bits, next: Bits, reverse: RowPart): void {
  const { starts, ends, targets, occupied } = reverse;
  for (let w = 0; w < visited.length; w++) {
    let word = ~i32(visited, w) & i32(occupied, w);
    let found = 0;
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const state = (w << 5) + 31 - Math.clz32(bit);
      const end = i32(ends, state);
      for (let i = i32(starts, state); i < end; i++) {
        const source = i32(targets, i);
        if (((i32(frontier, source >>> 5) >>> (source & 31)) & 1) !== 0) {
          found |= bit;
          break;
        }
      }
    }
    next[w] = i32(next, w) | found;
  }
}

/** Bottom up with a test of each edge. */
export function pullFiltered(
  frontier: Bits,
  visited: Bits,
  next: Bits,
  reverse: RowPart,
  filter: EdgeFilter,
): void {
  const { starts, ends, targets, meta, occupied } = reverse;
  const { allowed, deadEdges } = filter;
  for (let w = 0; w < visited.length; w++) {
    let word = ~i32(visited, w) & i32(occupied, w);
    let found = 0;
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const state = (w << 5) + 31 - Math.clz32(bit);
      const end = i32(ends, state);
      for (let i = i32(starts, state); i < end; i++) {
        const source = i32(targets, i);
        if (((i32(frontier, source >>> 5) >>> (source & 31)) & u8(allowed, u8(meta, i))) === 0) continue;
        if (deadEdges !== null && isDead(deadEdges, reverse, i)) continue;
        found |= bit;
        break;
      }
    }
    next[w] = i32(next, w) | found;
  }
}

/** Marks what the added edges of the frontier reach; needed beside a step of either direction. */
export function pushOverlay(frontier: Bits, next: Bits, overlay: Overlay): void {
  const { occupied, ranks, offsets, targets } = overlay;
  for (let w = 0; w < frontier.length; w++) {
    let word = i32(frontier, w) & i32(occupied, w);
    if (word === 0) continue;
    let row = i32(ranks, w);
    // Walks the rows of this word in step with its bits.
    for (let rest = i32(occupied, w); word !== 0; rest &= rest - 1, row++) {
      const bit = rest & -rest;
      if ((word & bit) === 0) continue;
      word ^= bit;
      for (let i = i32(offsets, row); i < i32(offsets, row + 1); i++) {
        const target = i32(targets, i);
        next[target >>> 5] = i32(next, target >>> 5) | (1 << (target & 31));
      }
    }
  }
}

/** Whether the edge at a position of a row is excluded or not valid at the asked time. */
function isDead(deadEdges: Bits, rows: RowPart, position: number): boolean {
  return hasBit(deadEdges, rows.edges === null ? position : i32(rows.edges, position));
}

/** Whether the edge at a position of a row passes the filter. */
export function passes(filter: EdgeFilter, rows: RowPart, position: number): boolean {
  if (!filter.hasTest) return true;
  if (u8(filter.allowed, u8(rows.meta, position)) === 0) return false;
  return filter.deadEdges === null || !isDead(filter.deadEdges, rows, position);
}

/** Marks the implied levels of resources in words of `next`: four states of one resource are one half-byte. */
export function addImplied(next: Bits, firstWord: number, isDown: boolean): void {
  for (let w = firstWord; w < next.length; w++) {
    let word = i32(next, w);
    if (word === 0) continue;
    if (isDown) {
      word |= (word >>> 1) & 0x77777777;
      word |= (word >>> 2) & 0x33333333;
    } else {
      word |= (word << 1) & 0xeeeeeeee;
      word |= (word << 2) & 0xcccccccc;
    }
    next[w] = word;
  }
}
