import { SENSITIVITIES, type Sensitivity } from '#lib/ontology/node-kinds.ts';
import type { Snapshot } from './snapshot.ts';
import { u8 } from './typed.ts';

/**
 * What one reached node counts in a weighted blast radius. Whole numbers, so that sums do not depend on their order. A
 * node whose sensitivity nobody stated counts as internal: unknown is not harmless.
 */
export const SENSITIVITY_WEIGHTS: Readonly<Record<Sensitivity | 'unknown', number>> = {
  unknown: 1,
  public: 0,
  internal: 1,
  confidential: 3,
  restricted: 10,
  crown_jewel: 30,
};

/** By the code of a sensitivity (codes.ts). */
export const WEIGHT_BY_CODE = Float64Array.from([
  SENSITIVITY_WEIGHTS.unknown,
  ...SENSITIVITIES.map((name) => SENSITIVITY_WEIGHTS[name]),
]);

export const weightOf = (snapshot: Snapshot, node: number): number =>
  WEIGHT_BY_CODE[u8(snapshot.parts.sensitivities, node)] as number;
