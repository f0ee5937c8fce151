import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { visible } from '#lib/inventory/node-conditions.ts';
import { ruleOf } from './all-rules.ts';
import { FINDING_COLUMNS, FINDING_TABLES, toFindingRow, type StoredFinding } from './list-findings.ts';
import { referenceOf } from './references.ts';
import { evidence, type FindingDetail } from './schema.ts';

const HISTORY_MAX = 50;

/** One finding with its evidence and what was decided about it. Throws `not_found` as for what may not be seen. */
export async function describeFinding(actor: Actor, id: string): Promise<FindingDetail> {
  assertMay(actor, 'finding.read');
  const [row] = await db().$queryRaw<
    (StoredFinding & { evidence: unknown; acceptedBy: string | null; reason: string | null })[]
  >`
    SELECT ${FINDING_COLUMNS}, f.evidence, coalesce(a.name, f.accepted_by) AS "acceptedBy", f.reason
    FROM ${FINDING_TABLES} LEFT JOIN app_user a ON a.id = f.accepted_by WHERE f.id = ${id} AND ${visible(actor.scope)}`;
  if (row === undefined) throw notFound('finding');
  const rule = ruleOf(row.rule);
  const held = evidence.parse(row.evidence);
  const keys = held.points.flatMap((point) => point.key ?? []);
  const [names, history] = await Promise.all([
    db().node.findMany({
      where: { key: { in: [...new Set(keys)] } },
      select: { key: true, name: true, kind: true },
    }),
    db().auditEvent.findMany({
      where: { subject: `finding:${id}` },
      orderBy: { seq: 'desc' },
      take: HISTORY_MAX,
      select: { at: true, actorName: true, action: true, reason: true },
    }),
  ]);
  return {
    ...toFindingRow(row),
    why: rule.why,
    remedy: rule.remedy,
    references: rule.references.map(referenceOf),
    evidence: held,
    names,
    acceptedBy: row.acceptedBy,
    reason: row.reason,
    history: history.map((one) => ({
      at: one.at.toISOString(),
      by: one.actorName,
      action: one.action,
      reason: one.reason,
    })),
  };
}
