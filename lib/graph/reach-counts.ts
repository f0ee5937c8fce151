import type { Condensation } from './condense.ts';
import { lowestBit } from './bits.ts';
import { weightOf } from './sensitivity-weights.ts';
import type { NodeIndex } from './snapshot.ts';
import { stateOf } from './state-space.ts';
import { ADMIN } from './codes.ts';
import { f64, i32 } from './typed.ts';

/** Nodes reached beside the start, and their weight, by position of the start. */
export type ReachCounts = { counts: Int32Array; weights: Float64Array };

const LANES = 32;

/** Exact sizes of the reach of many starts (resources held at admin): one sweep for each 32 of them, a bit lane each. */
export function reachCounts(condensation: Condensation, starts: ArrayLike<NodeIndex>): ReachCounts {
  const result = { counts: new Int32Array(starts.length), weights: new Float64Array(starts.length) };
  const masks = new Int32Array(condensation.componentCount);
  for (let first = 0; first < starts.length; first += LANES)
    sweep(condensation, starts, first, masks, result);
  const { snapshot, componentOf } = condensation;
  for (let i = 0; i < starts.length; i++) {
    const node = starts[i] as number;
    if (i32(componentOf, stateOf(snapshot.space, node, ADMIN)) === -1) continue;
    result.counts[i] = i32(result.counts, i) - 1;
    result.weights[i] = f64(result.weights, i) - weightOf(snapshot, node);
  }
  return result;
}

function sweep(
  condensation: Condensation,
  starts: ArrayLike<NodeIndex>,
  first: number,
  masks: Int32Array,
  result: ReachCounts,
): void {
  const { snapshot, componentOf, offsets, targets, nodeCounts, nodeWeights } = condensation;
  let highest = -1;
  for (let lane = 0; lane < LANES && first + lane < starts.length; lane++) {
    const component = i32(componentOf, stateOf(snapshot.space, starts[first + lane] as number, ADMIN));
    if (component === -1) continue;
    masks[component] = i32(masks, component) | (1 << lane);
    highest = Math.max(highest, component);
  }
  // Neighbouring components often have the same lanes; their sums are kept together until the lanes change.
  let runMask = 0;
  let runCount = 0;
  let runWeight = 0;
  const flush = () => {
    for (let rest = runMask; rest !== 0; rest &= rest - 1) {
      const lane = first + lowestBit(rest);
      result.counts[lane] = i32(result.counts, lane) + runCount;
      result.weights[lane] = f64(result.weights, lane) + runWeight;
    }
    runCount = 0;
    runWeight = 0;
  };
  for (let component = highest; component >= 0; component--) {
    const mask = i32(masks, component);
    if (mask === 0) continue;
    masks[component] = 0;
    const end = i32(offsets, component + 1);
    for (let i = i32(offsets, component); i < end; i++) {
      const target = i32(targets, i);
      masks[target] = i32(masks, target) | mask;
    }
    const count = i32(nodeCounts, component);
    if (count === 0) continue;
    if (mask !== runMask) {
      flush();
      runMask = mask;
    }
    runCount += count;
    runWeight += f64(nodeWeights, component);
  }
  flush();
}
