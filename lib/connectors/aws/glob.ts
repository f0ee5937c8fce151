/**
 * The two wildcards of AWS policies: `*` any run of characters, `?` exactly one. All functions compare as they are
 * given: callers lower-case actions (they do not regard case) and leave resources alone (they do).
 */

const STAR = 42;
const QUESTION = 63;

export const hasWildcard = (pattern: string): boolean => pattern.includes('*') || pattern.includes('?');

/** Every text that `inner` can stand for is one that `outer` stands for. `inner` may be a plain text. */
export function covers(outer: string, inner: string): boolean {
  if (outer === '*' || outer === inner) return true;
  let at = 0;
  let read = 0;
  let star = -1;
  let resume = 0;
  while (read < inner.length) {
    const want = outer.charCodeAt(at);
    const have = inner.charCodeAt(read);
    if (want === STAR) {
      star = at;
      at += 1;
      resume = read;
    } else if (have !== STAR && (want === have || want === QUESTION)) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      read = resume;
    } else return false;
  }
  while (outer.charCodeAt(at) === STAR) at += 1;
  return at >= outer.length;
}

/** Some text is meant by both patterns. Time grows with the product of the lengths. */
export function overlaps(left: string, right: string): boolean {
  if (left === '*' || right === '*' || left === right) return true;
  if (!hasWildcard(left)) return covers(right, left);
  if (!hasWildcard(right)) return covers(left, right);
  // Row of the states of `right` that the read part of `left` can stand at.
  let row = closure(new Uint8Array(right.length + 1).fill(1, 0, 1), right);
  for (let at = 0; at < left.length; at += 1) {
    const next = new Uint8Array(right.length + 1);
    const char = left.charCodeAt(at);
    for (let state = 0; state <= right.length; state += 1) {
      if (char === STAR) {
        // A star of the left reads any run, so every later state is reachable from the first reachable one.
        if (row[state] === 1) next.fill(1, state);
        if (row[state] === 1) break;
      } else if (row[state] === 1 && state < right.length) step(next, state, char, right.charCodeAt(state));
    }
    row = closure(next, right);
  }
  return row[right.length] === 1;
}

function step(next: Uint8Array, state: number, char: number, want: number): void {
  if (want === STAR) next[state] = 1;
  else if (want === char || want === QUESTION || char === QUESTION) next[state + 1] = 1;
}

/** A star of the right may read nothing. */
function closure(row: Uint8Array, right: string): Uint8Array {
  for (let state = 0; state < right.length; state += 1) {
    if (row[state] === 1 && right.charCodeAt(state) === STAR) row[state + 1] = 1;
  }
  return row;
}

/** What both stand for: the narrower one where one covers the other, null where nothing is meant by both. */
export function intersection(left: string, right: string): { glob: string; exact: boolean } | null {
  if (covers(right, left)) return { glob: left, exact: true };
  if (covers(left, right)) return { glob: right, exact: true };
  return overlaps(left, right) ? { glob: left, exact: false } : null;
}
