import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { visible } from '#lib/inventory/node-conditions.ts';
import { readGraphVersion } from '#lib/usage/graph-version.ts';
import { RULES } from './all-rules.ts';
import { EVALUATION_SETTING } from './evaluate-findings.ts';
import { FINDING_STATES, SEVERITIES, type FindingCounts } from './schema.ts';

/** How many findings there are of each kind, of what the actor may see, and whether the rules have seen the latest graph. */
export async function countFindings(actor: Actor): Promise<FindingCounts> {
  assertMay(actor, 'finding.read');
  const [rows, evaluated, version] = await Promise.all([
    db().$queryRaw<{ rule: string; severity: string; state: string; count: number }[]>`
      SELECT f.rule, f.severity, f.state::text AS state, count(*)::int AS count FROM finding f JOIN node n ON n.id = f.node_id
      WHERE ${visible(actor.scope)} GROUP BY 1, 2, 3`,
    db().setting.findUnique({ where: { name: EVALUATION_SETTING } }),
    readGraphVersion(db()),
  ]);
  const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(keep).reduce((total, row) => total + row.count, 0);
  const isUnderWay = (row: { state: string }) => row.state === 'open' || row.state === 'accepted';
  const last = evaluated?.value as { version?: number; at?: string } | undefined;
  return {
    state: FINDING_STATES.map((value) => ({ value, count: sum((row) => row.state === value) })),
    severity: SEVERITIES.map((value) => ({
      value,
      count: sum((row) => row.severity === value && isUnderWay(row)),
    })),
    rule: RULES.map(({ id, title }) => ({
      value: id,
      title,
      count: sum((row) => row.rule === id && isUnderWay(row)),
    })),
    evaluatedAt: last?.at ?? null,
    isOutdated: last?.version !== version,
  };
}
