import { IDENTITY_KINDS, NON_HUMAN_KINDS, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { nodeKindCode } from './codes.ts';
import { crownJewels } from './minimum-cut.ts';
import type { EdgeQuery, Endpoint } from './query.ts';
import { reachInto } from './reach.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { u8 } from './typed.ts';

/** Who can reach a target: of all nodes, of those that can act, and of those that act and are not people. */
export type Exposure = {
  node: NodeIndex;
  reachedBy: number;
  identities: number;
  nonHuman: number;
  nearest: number;
};

export type ExposureQuery = EdgeQuery & {
  /** The crown jewels at read when absent. */
  targets?: readonly Endpoint[];
  /** Asked before each target; true ends the work with what is done. */
  shouldStop?: () => boolean;
};

export type Exposures = {
  /** Most exposed first: by identities that are not people, then by all that can act. */
  exposures: Exposure[];
  isTruncated: boolean;
};

/** How many can reach each target: one backward search per target. */
export function exposureOf(snapshot: Snapshot, query: ExposureQuery = {}): Exposures {
  const targets = query.targets ?? crownJewels(snapshot);
  const identities = kindSet(IDENTITY_KINDS);
  const nonHuman = kindSet(NON_HUMAN_KINDS);
  const exposures: Exposure[] = [];
  for (const target of targets) {
    if (query.shouldStop?.()) break;
    const reach = reachInto(snapshot, [target], query);
    const exposure = { node: target.node, reachedBy: reach.count, identities: 0, nonHuman: 0, nearest: -1 };
    exposure.nearest = reach.byHop.findIndex((count, hop) => hop > 0 && count > 0);
    reach.forEach((node) => {
      const kind = u8(snapshot.parts.nodeKinds, node);
      exposure.identities += u8(identities, kind);
      exposure.nonHuman += u8(nonHuman, kind);
    });
    exposures.push(exposure);
  }
  exposures.sort((a, b) => b.nonHuman - a.nonHuman || b.identities - a.identities || a.node - b.node);
  return { exposures, isTruncated: exposures.length < targets.length };
}

function kindSet(kinds: readonly NodeKind[]): Uint8Array {
  const set = new Uint8Array(16);
  for (const kind of kinds) set[nodeKindCode(kind)] = 1;
  return set;
}
