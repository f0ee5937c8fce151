import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, daysBetween, evidenceOf, plural, type Rule } from '../rule.ts';

/** Half a year is asked about, a year is too long. */
const OLD_DAYS = 180;
const VERY_OLD_DAYS = 365;

type Row = {
  nodeId: number;
  createdAt: Date | null;
  rotatedAt: Date | null;
  since: Date;
  isProduction: boolean;
  holders: { key: string; name: string }[] | null;
};

/** A long-lived credential that has been the same for more than half a year. What its issuer rotates by itself is left out. */
export const notRotated: Rule = {
  id: 'not-rotated',
  title: 'Credential not rotated for a long time',
  why: 'Every copy that was ever made of it, in a backup, a log, a laptop of somebody who left, still works.',
  remedy:
    'Replace it by a workload identity or a short-lived token where the platform has one; else rotate it, and let it end by itself.',
  references: ['NHI7:2025', 'ASI06', 'ASI08', 'PR.AA-01'],
  find: async ({ tx, now }) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT n.id AS "nodeId", n.created_at AS "createdAt", n.rotated_at AS "rotatedAt", coalesce(n.rotated_at, n.created_at) AS since,
        (n.environment = 'production') IS TRUE AS "isProduction",
        (SELECT json_agg(json_build_object('key', h.key, 'name', h.name) ORDER BY h.key) FROM edge e JOIN node h ON h.id = e.from_id
          WHERE e.to_id = n.id AND e.kind = 'holds' AND e.valid_to IS NULL) AS holders
      FROM node n
      WHERE ${LIVE_CREDENTIAL} AND NOT n.managed AND coalesce(n.type, '') NOT IN ('oauth_grant', 'workload_token', 'svid', 'certificate')
        AND coalesce(n.rotated_at, n.created_at) < ${now}::timestamptz - make_interval(days => ${OLD_DAYS}) ORDER BY 1`;
    return rows.map(({ nodeId, createdAt, rotatedAt, since, isProduction, holders }) => {
      const age = daysBetween(since, now);
      const isVeryOld = age > VERY_OLD_DAYS;
      return {
        nodeId,
        severity: isVeryOld ? (isProduction ? 'high' : 'medium') : isProduction ? 'medium' : 'low',
        evidence: evidenceOf(`It has been the same for ${plural(age, 'day')}.`, [
          {
            text: createdAt === null ? 'When it was created is not known.' : `Created on ${day(createdAt)}.`,
          },
          {
            text:
              rotatedAt === null || rotatedAt.getTime() === createdAt?.getTime()
                ? 'No rotation is known.'
                : `Rotated on ${day(rotatedAt)}.`,
          },
          ...(holders ?? []).map((holder) => ({ key: holder.key, text: `${holder.name} holds it.` })),
        ]),
      };
    });
  },
};
