import { CLASS_OF } from '#lib/usage/watched-classes.ts';
import { FOR_EMERGENCIES, LIVE_CREDENTIAL } from '../conditions.ts';
import { unusedEvidence, type UnusedRow } from '../unused-evidence.ts';
import type { Rule } from '../rule.ts';

/** CIS AWS Foundations Benchmark: credentials unused for 45 days or more are disabled. */
const UNUSED_DAYS = 45;

/** A live credential that nobody presented although a log would have shown it. */
export const unusedCredential: Rule = {
  id: 'unused-credential',
  title: 'Unused credential',
  why: 'It opens what it opened on the day it was issued, lies wherever it was copied to, and nobody would miss it.',
  remedy: 'Rehearse the revocation (no caller will be found), disable it, and delete it after a while.',
  references: ['NHI1:2025', 'NHI7:2025', 'ID.AM-08', 'PR.AA-01'],
  find: async ({ tx, now, watched }) => {
    const rows = await tx.$queryRaw<UnusedRow[]>`
      WITH ${watched}
      SELECT n.id AS "nodeId", coalesce(n.rotated_at, n.created_at) AS "createdAt", greatest(n.last_seen_in_logs, n.last_used_at) AS "lastUsed",
        w.source, w.from_time AS "from", w.to_time AS "to", w.days, (n.environment = 'production') IS TRUE AS "isProduction"
      FROM node n JOIN watched w ON w.name = ${CLASS_OF}
      WHERE ${LIVE_CREDENTIAL} AND NOT ${FOR_EMERGENCIES} AND n.standing = 'inventory' AND w.days >= ${UNUSED_DAYS}
        AND coalesce(n.rotated_at, n.created_at, '-infinity') < ${now}::timestamptz - make_interval(days => ${UNUSED_DAYS})
        AND coalesce(greatest(n.last_seen_in_logs, n.last_used_at), '-infinity') < ${now}::timestamptz - make_interval(days => ${UNUSED_DAYS})
        AND EXISTS (SELECT FROM edge a WHERE a.from_id = n.id AND a.kind = 'authenticates' AND a.valid_to IS NULL)
      ORDER BY 1`;
    return rows.map((row) => ({
      nodeId: row.nodeId,
      severity: row.isProduction && row.createdAt !== null ? 'medium' : 'low',
      evidence: unusedEvidence(row, now),
    }));
  },
};
