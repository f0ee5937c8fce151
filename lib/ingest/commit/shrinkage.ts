import { rowsOf, type Commit } from './context.ts';

const SHARE_MAX = 0.2;
/** Below this many a source is too small for shares to mean anything. */
const FACTS_MIN = 20;

/** How many of the source's live facts the run would end, and whether that is more than goes without a person's yes. */
export async function shrinkage(
  commit: Commit,
): Promise<{ ending: number; live: number; isTooMuch: boolean }> {
  const [row] = await rowsOf<{ ending: string; live: string }>(
    commit,
    `SELECT (SELECT count(*) FROM ended_node) + (SELECT count(*) FROM ended_edge) AS ending,
       (SELECT count(*) FROM node_fact WHERE source_id = $1 AND valid_to IS NULL)
         + (SELECT count(*) FROM edge WHERE source_id = $1 AND valid_to IS NULL AND derived_from IS NULL AND digest <> 0) AS live`,
    [commit.sourceId],
  );
  const ending = Number(row?.ending ?? 0);
  const live = Number(row?.live ?? 0);
  return { ending, live, isTooMuch: ending > FACTS_MIN && ending > live * SHARE_MAX };
}
