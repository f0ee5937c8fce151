import { summariseReach } from '#lib/exposure/summarise-reach.ts';
import type { ReachReader } from './reach.ts';

/** Reach as the live graph knows it. Nodes that the graph does not hold are missing in the answer. */
export const liveReach: ReachReader = async (nodeIds) => {
  const { version, summaries } = await summariseReach(nodeIds);
  return new Map(
    [...summaries].map(([id, summary]) => [
      id,
      {
        nodes: summary.reached,
        sensitive: summary.sensitive,
        crownJewels: summary.crownJewels,
        graphVersion: version,
      },
    ]),
  );
};
