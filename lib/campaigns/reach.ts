/** How far one node reaches by what is granted. */
type ReachSummary = { nodes: number; sensitive: number; crownJewels: number; graphVersion: number };

/** Where reach comes from: the live graph. A node that is missing in the answer was not computed; no number stands in for it. */
export type ReachReader = (nodeIds: readonly number[]) => Promise<ReadonlyMap<number, ReachSummary>>;
