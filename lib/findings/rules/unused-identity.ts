import { CLASS_OF } from '#lib/usage/watched-classes.ts';
import { FOR_EMERGENCIES, OUR_IDENTITY } from '../conditions.ts';
import { unusedEvidence, type UnusedRow } from '../unused-evidence.ts';
import type { Rule } from '../rule.ts';

/** The least span of watching, and the least age, before silence means anything. */
const OBSERVED_DAYS_MIN = 60;
/** Used once, but not for so long. */
const STALE_DAYS = 90;

/** An identity of which no use was seen although a log would have shown it. The unobservable and the young are left out. */
export const unusedIdentity: Rule = {
  id: 'unused-identity',
  title: 'Unused identity',
  why: 'It serves nobody but an attacker, who will not be noticed, since nobody expects it to do anything.',
  remedy: 'Ask its owner, rehearse the revocation, disable it for a while, then remove it.',
  references: ['NHI1:2025', 'ASI04', 'ID.AM-08', 'PR.AA-01'],
  find: async ({ tx, now, watched }) => {
    const rows = await tx.$queryRaw<UnusedRow[]>`
      WITH ${watched}
      SELECT n.id AS "nodeId", n.created_at AS "createdAt", greatest(n.last_seen_in_logs, n.last_used_at) AS "lastUsed", w.source,
        w.from_time AS "from", w.to_time AS "to", w.days, (n.environment = 'production') IS TRUE AS "isProduction"
      FROM node n JOIN watched w ON w.name = ${CLASS_OF}
      WHERE ${OUR_IDENTITY} AND NOT ${FOR_EMERGENCIES} AND w.days >= ${OBSERVED_DAYS_MIN}
        AND coalesce(n.created_at, '-infinity') < ${now}::timestamptz - make_interval(days => ${OBSERVED_DAYS_MIN})
        AND coalesce(greatest(n.last_seen_in_logs, n.last_used_at), '-infinity') < ${now}::timestamptz - make_interval(days => ${STALE_DAYS})
      ORDER BY 1`;
    return rows.map((row) => ({
      nodeId: row.nodeId,
      severity: row.createdAt === null ? 'low' : row.isProduction ? 'medium' : 'low',
      evidence: unusedEvidence(row, now),
    }));
  },
};
