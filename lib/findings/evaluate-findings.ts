import { LOCKS } from '#lib/db/locks.ts';
import { record } from '#lib/audit/record.ts';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import { readGraphVersion } from '#lib/usage/graph-version.ts';
import { watchedClasses, watchedTable } from '#lib/usage/watched-classes.ts';
import { RULES } from './all-rules.ts';
import type { Found, Rule } from './rule.ts';
import type { Evaluation } from './schema.ts';

const TIMEOUT_MS = 10 * 60_000;
const CHUNK_ROWS = 2_000;
/** The setting that holds when the rules last ran, and on which graph version. */
export const EVALUATION_SETTING = 'findings';

/**
 * Runs every rule over the graph and brings the findings in line: new ones open, ones that a rule no longer shows are
 * fixed (or gone, when the thing itself is), accepted ones stay accepted until their date. To be called after each run
 * that was committed; a process that ends afterwards calls closeEngine of lib/exposure/engine.ts.
 */
export async function evaluateFindings(
  actor: Actor = systemActor('system', 'Rules'),
  clock: Clock = systemClock,
  rules: readonly Rule[] = RULES,
): Promise<Evaluation> {
  const watched = watchedTable(await watchedClasses());
  const now = clock();
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.findings})`;
    const version = await readGraphVersion(tx);
    const counts = { opened: 0, reopened: 0, still: 0, fixed: 0, gone: 0 };
    for (const rule of rules) {
      const found = await rule.find({ tx, now, watched });
      const changed = await settleRule(tx, rule, found, now);
      for (const name of ['opened', 'reopened', 'still', 'fixed', 'gone'] as const)
        counts[name] += changed[name];
    }
    await tx.setting.upsert({
      where: { name: EVALUATION_SETTING },
      create: { name: EVALUATION_SETTING, value: { version, at: now.toISOString() } },
      update: { value: { version, at: now.toISOString() } },
    });
    const open = await tx.finding.count({ where: { state: 'open' } });
    const { still, ...news } = counts;
    if (Object.values(news).some((count) => count > 0))
      await record(tx, actor, {
        action: 'finding.evaluate',
        subject: 'findings',
        after: { ...counts, open, version },
      });
    return { ...news, still, open };
  }, TIMEOUT_MS);
}

/** Writes what one rule found, and closes what it no longer finds. */
async function settleRule(
  tx: Tx,
  rule: Rule,
  found: readonly Found[],
  now: Date,
): Promise<Omit<Evaluation, 'open'>> {
  const counts = { opened: 0, reopened: 0, still: 0, fixed: 0, gone: 0 };
  for (let start = 0; start < found.length; start += CHUNK_ROWS) {
    const chunk = found.slice(start, start + CHUNK_ROWS);
    for (const { outcome, count } of await writeFound(tx, rule, chunk, now)) counts[outcome] += count;
  }
  const closed = await tx.$queryRaw<{ state: 'fixed' | 'gone'; count: number }[]>`
    WITH closed AS (
      UPDATE finding f SET state = CASE WHEN n.valid_to IS NULL THEN 'fixed' ELSE 'gone' END::finding_state, last_seen = f.last_seen
      FROM node n
      WHERE n.id = f.node_id AND f.rule = ${rule.id} AND f.state IN ('open', 'accepted')
        AND NOT f.node_id = ANY(${found.map((one) => one.nodeId)}::int[])
      RETURNING f.state)
    SELECT state::text AS state, count(*)::int AS count FROM closed GROUP BY 1`;
  for (const { state, count } of closed) counts[state] += count;
  return counts;
}

/** An acceptance that has run out opens the finding again; what was fixed and is there again opens too. */
function writeFound(tx: Tx, rule: Rule, found: readonly Found[], now: Date) {
  return tx.$queryRaw<{ outcome: 'opened' | 'reopened' | 'still'; count: number }[]>`
    WITH said AS (
      SELECT * FROM unnest(${found.map(() => newId('fnd'))}::text[], ${found.map((one) => one.nodeId)}::int[],
        ${found.map((one) => one.severity)}::text[], ${found.map((one) => JSON.stringify(one.evidence))}::text[])
        AS s(id, node_id, severity, evidence)),
    before AS (
      SELECT f.node_id, f.state IN ('fixed', 'gone') OR (f.state = 'accepted' AND f.accepted_until <= ${now}) AS closed
      FROM finding f WHERE f.rule = ${rule.id} AND f.edge_id IS NULL),
    written AS (
      INSERT INTO finding AS f (id, rule, severity, node_id, evidence, state, first_seen, last_seen)
      SELECT id, ${rule.id}, severity, node_id, evidence::jsonb, 'open', ${now}, ${now} FROM said
      ON CONFLICT (rule, node_id, edge_id) DO UPDATE SET severity = excluded.severity, evidence = excluded.evidence,
        last_seen = excluded.last_seen,
        state = CASE WHEN f.state = 'accepted' AND f.accepted_until > ${now} THEN 'accepted' ELSE 'open' END::finding_state,
        accepted_until = CASE WHEN f.state = 'accepted' AND f.accepted_until > ${now} THEN f.accepted_until END,
        accepted_by = CASE WHEN f.state = 'accepted' AND f.accepted_until > ${now} THEN f.accepted_by END,
        reason = CASE WHEN f.state = 'accepted' AND f.accepted_until > ${now} THEN f.reason END
      RETURNING f.node_id)
    SELECT CASE WHEN b.node_id IS NULL THEN 'opened' WHEN b.closed THEN 'reopened' ELSE 'still' END AS outcome, count(*)::int AS count
    FROM written w LEFT JOIN before b ON b.node_id = w.node_id GROUP BY 1`;
}
