import { Prisma } from '#lib/db/generated/client.ts';
import { CLASS_OF } from './watched-classes.ts';

/**
 * Levels of use that some log has shown, as `seen_target(name, lowest, highest)`; `name` is the class of the resource. A trail
 * that shows writes to the buckets of an account but no reads cannot tell that a bucket was not read: such a grant is
 * unobservable. Belongs after `watched` in a WITH clause.
 */
export const SEEN_TARGETS = Prisma.sql`seen_target AS MATERIALIZED (
  SELECT ${CLASS_OF} AS name, min(c.level) AS lowest, max(c.level) AS highest
  FROM edge c JOIN node n ON n.id = c.to_id
  WHERE c.kind = 'calls' AND c.valid_to IS NULL AND c.level IS NOT NULL AND n.kind = 'resource' GROUP BY 1)`;

/**
 * Whether the use of `edge e` that leads to `node n` could have been seen, where `w` and `st` are the joined rows of
 * `watched` and `seen_target` for the class of `n`. What a policy's binding was good for no log says.
 */
export const EDGE_OBSERVABLE = Prisma.sql`(CASE
  WHEN e.kind = 'grants' THEN w.name IS NOT NULL AND st.lowest <= least(e.level, 'use') AND st.highest >= least(e.level, 'use')
  WHEN e.kind IN ('assumes', 'holds') THEN w.name IS NOT NULL
  ELSE false END)`;
