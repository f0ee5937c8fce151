import { SEEN_TARGETS, EDGE_OBSERVABLE } from '#lib/usage/watched-grants.ts';
import { CLASS_OF } from '#lib/usage/watched-classes.ts';
import { FOR_EMERGENCIES, OUR_IDENTITY } from '../conditions.ts';
import { day, evidenceOf, plural, type Rule } from '../rule.ts';
import type { Severity } from '../schema.ts';

/** An identity must have existed, and been watched, for as long before its unused permissions are held against it. */
const OBSERVED_DAYS_MIN = 60;

type Unused = {
  key: string;
  name: string;
  level: string;
  sensitivity: string | null;
  via: string;
  holder: string;
};
type Row = {
  nodeId: number;
  unused: Unused[];
  count: number;
  total: number;
  grave: boolean;
  writing: boolean;
  source: string;
  from: Date;
  to: Date;
};

/**
 * Permissions of identities that are in use themselves, which they did not use though a log would have shown it. A grant by
 * pattern counts once, and as used when any resource that it covers was. Emergency access is exempt.
 */
export const unusedPermission: Rule = {
  id: 'unused-permission',
  title: 'Granted but unused permissions',
  why: 'What the task does not need serves whoever takes the identity over.',
  remedy: 'Remove the permissions that were not used; keep a note of those that a yearly task needs.',
  references: ['NHI5:2025', 'ASI02', 'ASI03', 'PR.AA-05'],
  find: async ({ tx, now, watched }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH RECURSIVE ${watched}, ${SEEN_TARGETS},
      candidate AS (
        SELECT n.id FROM node n
        WHERE ${OUR_IDENTITY} AND n.last_seen_in_logs IS NOT NULL AND NOT ${FOR_EMERGENCIES}
          AND coalesce(n.created_at, '-infinity') < ${now}::timestamptz - make_interval(days => ${OBSERVED_DAYS_MIN})),
      holder(identity, id) AS (
        SELECT id, id FROM candidate
        UNION SELECT h.identity, b.to_id FROM holder h JOIN edge b ON b.from_id = h.id AND b.kind IN ('attached', 'member_of') AND b.valid_to IS NULL),
      family AS (
        SELECT h.identity, h.id AS holder, coalesce(e.derived_from, e.id) AS base, bool_or(${EDGE_OBSERVABLE} AND w.days >= ${OBSERVED_DAYS_MIN}) AS observable,
          bool_or(c.id IS NOT NULL) AS used, max(t.sensitivity) AS sensitivity, min(w.source) AS source, max(w.from_time) AS from_time,
          min(w.to_time) AS to_time
        FROM holder h JOIN edge e ON e.from_id = h.id AND e.kind = 'grants' AND e.valid_to IS NULL
        JOIN node n ON n.id = e.to_id JOIN node t ON t.id = e.to_id
        LEFT JOIN watched w ON w.name = ${CLASS_OF} LEFT JOIN seen_target st ON st.name = ${CLASS_OF}
        LEFT JOIN edge c ON c.from_id = h.identity AND c.to_id = e.to_id AND c.kind = 'calls' AND c.valid_to IS NULL
        GROUP BY 1, 2, 3)
      SELECT f.identity AS "nodeId", count(*) FILTER (WHERE x.unused)::int AS count, count(*)::int AS total,
        (json_agg(json_build_object('key', t.key, 'name', t.name, 'level', e.level, 'sensitivity', f.sensitivity, 'via', e.qualifier,
          'holder', p.name) ORDER BY f.sensitivity DESC NULLS LAST, e.level DESC, t.key, e.id) FILTER (WHERE x.unused)) AS unused,
        bool_or(x.unused AND f.sensitivity IN ('restricted', 'crown_jewel')) AS grave,
        bool_or(x.unused AND e.level IN ('write', 'admin')) AS writing,
        min(f.source) AS source, max(f.from_time) AS "from", min(f.to_time) AS "to"
      FROM family f JOIN edge e ON e.id = f.base JOIN node t ON t.id = e.to_id JOIN node p ON p.id = f.holder,
        LATERAL (SELECT (f.observable AND NOT f.used) IS TRUE AS unused) x
      GROUP BY 1 HAVING bool_or(x.unused) ORDER BY 1`;
    return rows.map((row) => ({
      nodeId: row.nodeId,
      severity: severityOf(row),
      evidence: {
        ...evidenceOf(
          `${row.count} of ${plural(row.total, 'permission')} were not used from ${day(row.from)} to ${day(row.to)}, the widest being to ${row.unused[0]?.level ?? ''} ${row.unused[0]?.name ?? ''}.`,
          row.unused.map((one) => ({
            key: one.key,
            text: `May ${one.level} ${one.name}${one.sensitivity === null ? '' : ` (${one.sensitivity.replace('_', ' ')})`} through ${one.holder}${one.via === '' ? '' : `, ${one.via}`}: not used.`,
          })),
        ),
        observed: { source: row.source, from: row.from.toISOString(), to: row.to.toISOString() },
      },
    }));
  },
};

function severityOf({ grave, writing }: Row): Severity {
  if (grave) return writing ? 'high' : 'medium';
  return writing ? 'medium' : 'low';
}
