import type { Condensation } from './condense.ts';
import { ADMIN } from './codes.ts';
import { SeededRandom } from './seeded-random.ts';
import { WEIGHT_BY_CODE } from './sensitivity-weights.ts';
import type { NodeIndex } from './snapshot.ts';
import { baseState, stateOf } from './state-space.ts';
import { f64, i32, known, u8 } from './typed.ts';

export type SketchCounts = {
  /** By position of the start: estimated nodes (or weight) reached, the start included. */
  estimates: Float64Array;
  /** Relative standard error of each estimate that is not exact. */
  standardError: number;
};

/** Entries of a sketch: 1/√(k-2) = 5 % relative standard error. */
const SKETCH_SIZE = 402;

/**
 * Estimated sizes of the reach of every start at once. Each node draws a rank, exponential at the rate of its weight;
 * each component keeps the least ranks of what it reaches (Cohen, 1997). A reach smaller than a sketch is exact. A
 * component that adds nothing to what its successor keeps shares its list, which in a large reach is nearly every one.
 */
export function sketchCounts(
  condensation: Condensation,
  starts: ArrayLike<NodeIndex>,
  measure: 'count' | 'weight',
  seed = 1,
): SketchCounts {
  const draws = drawRanks(condensation, measure, seed);
  const sums = sweepSketches(condensation, draws);
  const { snapshot, componentOf } = condensation;
  const estimates = Float64Array.from(starts, (node) => {
    const component = i32(componentOf, stateOf(snapshot.space, node, ADMIN));
    return component === -1 ? 0 : f64(sums, component);
  });
  return { estimates, standardError: 1 / Math.sqrt(SKETCH_SIZE - 2) };
}

type Draws = {
  /** In ascending order of rank: the rank, and the weight of the node that drew it. */
  ranks: Float64Array;
  weights: Float64Array;
  /** By component: its own nodes as positions in that order, ascending. */
  ownOffsets: Int32Array;
  own: Int32Array;
};

function drawRanks(
  { snapshot, componentOf, componentCount }: Condensation,
  measure: string,
  seed: number,
): Draws {
  const random = new SeededRandom(seed);
  const { nodeCount, space, parts } = snapshot;
  const weightAt = (node: number) =>
    measure === 'count' ? 1 : f64(WEIGHT_BY_CODE, u8(parts.sensitivities, node));
  const drawn = Float64Array.from(
    { length: nodeCount },
    (_, node) => -Math.log(1 - random.next()) / weightAt(node),
  );
  const counted: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (weightAt(node) > 0 && i32(componentOf, baseState(space, node, 'down')) !== -1) counted.push(node);
  }
  const order = Int32Array.from(counted).sort((a, b) => f64(drawn, a) - f64(drawn, b));
  const ownOffsets = new Int32Array(componentCount + 1);
  const componentAt = (position: number) => i32(componentOf, baseState(space, i32(order, position), 'down'));
  for (let p = 0; p < order.length; p++) {
    const component = componentAt(p);
    ownOffsets[component + 1] = i32(ownOffsets, component + 1) + 1;
  }
  for (let c = 0; c < componentCount; c++) ownOffsets[c + 1] = i32(ownOffsets, c + 1) + i32(ownOffsets, c);
  const next = ownOffsets.slice();
  const own = new Int32Array(order.length);
  for (let p = 0; p < order.length; p++) {
    const component = componentAt(p);
    const place = i32(next, component);
    own[place] = p;
    next[component] = place + 1;
  }
  const ranks = Float64Array.from(order, (node) => f64(drawn, node));
  return { ranks, weights: Float64Array.from(order, weightAt), ownOffsets, own };
}

type Sketch = { readonly positions: Int32Array; sum: number };
const EMPTY: Sketch = { positions: new Int32Array(0), sum: 0 };

function sweepSketches(condensation: Condensation, draws: Draws): Float64Array {
  const { componentCount, offsets, targets } = condensation;
  const sums = new Float64Array(componentCount);
  const sketches: (Sketch | null)[] = new Array<Sketch | null>(componentCount).fill(null);
  const waiting = predecessorCounts(condensation);
  for (let component = 0; component < componentCount; component++) {
    const ownEnd = Math.min(
      i32(draws.ownOffsets, component + 1),
      i32(draws.ownOffsets, component) + SKETCH_SIZE,
    );
    const own = draws.own.subarray(i32(draws.ownOffsets, component), ownEnd);
    let sketch = EMPTY;
    for (let i = i32(offsets, component); i < i32(offsets, component + 1); i++) {
      const target = i32(targets, i);
      sketch = union(sketch, known(sketches, target) ?? EMPTY);
      waiting[target] = i32(waiting, target) - 1;
      // Nothing asks for it again, and a million lists would not fit.
      if (i32(waiting, target) === 0) sketches[target] = null;
    }
    sketch = union(sketch, own.length === 0 ? EMPTY : { positions: own, sum: -1 });
    if (sketch.sum < 0) sketch.sum = estimate(sketch.positions, draws);
    sums[component] = sketch.sum;
    if (i32(waiting, component) > 0) sketches[component] = sketch;
  }
  return sums;
}

function predecessorCounts({ componentCount, targets }: Condensation): Int32Array {
  const counts = new Int32Array(componentCount);
  for (const target of targets) counts[target] = i32(counts, target) + 1;
  return counts;
}

const merged = new Int32Array(SKETCH_SIZE);

/** The least positions of both; one of the two itself when the other adds nothing. */
function union(a: Sketch, b: Sketch): Sketch {
  if (a === b || b.positions.length === 0) return a;
  if (a.positions.length === 0) return b;
  const [first, second] = [a.positions, b.positions];
  if (addsNothing(first, second)) return a;
  if (addsNothing(second, first)) return b;
  let i = 0;
  let j = 0;
  let n = 0;
  while (n < SKETCH_SIZE && (i < first.length || j < second.length)) {
    const x = i < first.length ? i32(first, i) : Infinity;
    const y = j < second.length ? i32(second, j) : Infinity;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
    merged[n++] = Math.min(x, y);
  }
  const isFirst = n === first.length && i === n;
  if (isFirst && merged.subarray(0, n).every((position, at) => position === i32(first, at))) return a;
  return { positions: merged.slice(0, n), sum: -1 };
}

/** A full list whose last entry is below all of the other gains nothing from it. */
function addsNothing(full: Int32Array, other: Int32Array): boolean {
  return full.length === SKETCH_SIZE && i32(full, SKETCH_SIZE - 1) < i32(other, 0);
}

/** Horvitz–Thompson over all entries but the last, whose rank is the threshold; exact when nothing was left out. */
function estimate(positions: Int32Array, draws: Draws): number {
  const isExact = positions.length < SKETCH_SIZE;
  const threshold = isExact ? Infinity : f64(draws.ranks, i32(positions, SKETCH_SIZE - 1));
  let sum = 0;
  for (let i = 0; i < positions.length - (isExact ? 0 : 1); i++) {
    const weight = f64(draws.weights, i32(positions, i));
    sum += isExact ? weight : weight / -Math.expm1(-weight * threshold);
  }
  return sum;
}
