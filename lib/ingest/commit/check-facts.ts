import { EDGE_KINDS, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { rowsOf, staged, touch, type Commit } from './context.ts';

/**
 * Checks the run as a whole: every key that an edge, event or claim names must be stated as a node, now or before, and
 * every edge must fit the ontology. What breaks this is set aside with its whole record. Makes `used_key(key)`.
 */
export async function checkFacts(commit: Commit): Promise<void> {
  await dropFilesWithProblems(commit);
  await touch(
    commit,
    `CREATE TEMP TABLE used_key ON COMMIT DROP AS
     SELECT from_key AS key FROM ${staged(commit, 'edge')} UNION SELECT to_key FROM ${staged(commit, 'edge')}
     UNION SELECT actor FROM ${staged(commit, 'event')} UNION SELECT credential FROM ${staged(commit, 'event')}
     UNION SELECT target FROM ${staged(commit, 'event')} UNION SELECT on_behalf_of FROM ${staged(commit, 'event')}
     UNION SELECT unnest(chain) FROM ${staged(commit, 'event')}
     UNION SELECT owner FROM ${staged(commit, 'claim')} UNION SELECT node FROM ${staged(commit, 'claim')}`,
  );
  await touch(commit, 'DELETE FROM used_key WHERE key IS NULL');
  await touch(commit, 'ANALYZE used_key');
  await touch(commit, `ANALYZE ${staged(commit, 'node')}`);
  await touch(commit, `ANALYZE ${staged(commit, 'edge')}`);
  // Of the other columns nobody asks, and their long texts are costly to sample.
  await touch(
    commit,
    `ANALYZE ${staged(commit, 'event')} (record, time, event_key, actor, credential, target, on_behalf_of)`,
  );
  await setAsideDangling(commit);
  await setAsideMisfits(commit);
}

/** A file that broke in the middle gives nothing; its other records were staged before that showed. */
async function dropFilesWithProblems(commit: Commit): Promise<void> {
  const broken = await rowsOf<{ first: string; last: string }>(
    commit,
    `SELECT first_record AS first, first_record + records - 1 AS last FROM ${staged(commit, 'file')}
     WHERE problem IS NOT NULL AND records > 0`,
  );
  for (const { first, last } of broken)
    for (const table of RECORD_TABLES)
      await touch(commit, `DELETE FROM ${staged(commit, table)} WHERE record BETWEEN $1 AND $2`, [
        first,
        last,
      ]);
  await touch(
    commit,
    `UPDATE ${staged(commit, 'file')} SET records = 0, rejected = 0, repeated = 0, empty = 0 WHERE problem IS NOT NULL`,
  );
}

const RECORD_TABLES = ['node', 'edge', 'event', 'claim', 'alias', 'scope', 'window'] as const;

async function setAsideDangling(commit: Commit): Promise<void> {
  const missing = await touch(
    commit,
    `CREATE TEMP TABLE missing_key ON COMMIT DROP AS
     SELECT k.key FROM used_key k
     WHERE NOT EXISTS (SELECT FROM ${staged(commit, 'node')} s WHERE s.key = k.key)
       AND NOT EXISTS (SELECT FROM node n WHERE n.key = k.key)
       AND NOT EXISTS (SELECT FROM node_alias a WHERE a.alias = k.key)
       AND NOT EXISTS (SELECT FROM ${staged(commit, 'alias')} a WHERE a.alias = k.key)`,
  );
  if (missing === 0) return;
  const reason = `'it names “' || left(m.key, 120) || '”, which is not stated as a node'`;
  await setAside(
    commit,
    `SELECT e.record, ${reason} AS reason FROM ${staged(commit, 'edge')} e JOIN missing_key m ON m.key IN (e.from_key, e.to_key)
     UNION ALL SELECT e.record, ${reason} FROM ${staged(commit, 'event')} e
       JOIN missing_key m ON m.key IN (e.actor, e.credential, e.target, e.on_behalf_of)
     UNION ALL SELECT c.record, ${reason} FROM ${staged(commit, 'claim')} c JOIN missing_key m ON m.key IN (c.owner, c.node)`,
  );
  const dropped =
    (await touch(
      commit,
      `DELETE FROM ${staged(commit, 'edge')} e USING missing_key m WHERE m.key IN (e.from_key, e.to_key)`,
    )) +
    (await touch(
      commit,
      `DELETE FROM ${staged(commit, 'claim')} c USING missing_key m WHERE m.key IN (c.owner, c.node)`,
    ));
  await countUnknown(commit, 'a relation to something that no record describes', dropped);
  await touch(commit, 'DELETE FROM used_key k USING missing_key m WHERE m.key = k.key');
}

/** Which kinds of node an edge kind may stand between, as rows. */
const FITTING = JSON.stringify(
  EDGE_KIND_NAMES.flatMap((kind) =>
    EDGE_KINDS[kind].from.flatMap((from) => EDGE_KINDS[kind].to.map((to) => ({ kind, from, to }))),
  ),
);

async function setAsideMisfits(commit: Commit): Promise<void> {
  const misfits = await touch(
    commit,
    `CREATE TEMP TABLE misfit ON COMMIT DROP AS
     WITH fitting AS (
       SELECT kind::edge_kind, "from"::node_kind AS from_kind, "to"::node_kind AS to_kind
       FROM jsonb_to_recordset($1::jsonb) AS f(kind text, "from" text, "to" text)),
     stated AS (
       SELECT DISTINCT ON (key) key, kind FROM ${staged(commit, 'node')} ORDER BY key, standing DESC, record, ctid),
     known AS (
       SELECT k.key, coalesce(s.kind, n.kind) AS kind
       FROM used_key k LEFT JOIN stated s ON s.key = k.key LEFT JOIN node n ON n.key = k.key
       WHERE k.key IN (SELECT from_key FROM ${staged(commit, 'edge')} UNION SELECT to_key FROM ${staged(commit, 'edge')}))
     SELECT e.ctid AS row, e.record, e.kind, f.kind AS from_kind, t.kind AS to_kind
     FROM ${staged(commit, 'edge')} e JOIN known f ON f.key = e.from_key JOIN known t ON t.key = e.to_key
     WHERE NOT EXISTS (SELECT FROM fitting x WHERE x.kind = e.kind AND x.from_kind = f.kind AND x.to_kind = t.kind)`,
    [FITTING],
  );
  if (misfits === 0) return;
  await setAside(
    commit,
    `SELECT record, '“' || kind || '” cannot stand between a ' || from_kind || ' and a ' || to_kind AS reason FROM misfit`,
  );
  const dropped = await touch(
    commit,
    `DELETE FROM ${staged(commit, 'edge')} e USING misfit m WHERE m.record IS NULL AND e.ctid = m.row`,
  );
  await countUnknown(commit, 'a relation between kinds that it cannot stand between', dropped);
}

/** Moves the records that `reasons(record, reason)` selects to the rejected ones, with everything they stated. */
export async function setAside(commit: Commit, reasons: string): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE set_aside AS
     SELECT DISTINCT ON (record) record, reason FROM (${reasons}) r WHERE record IS NOT NULL ORDER BY record, reason`,
  );
  await touch(
    commit,
    `INSERT INTO ${staged(commit, 'reject')} (file, number, reason, excerpt)
     SELECT f.ordinal, s.record - f.first_record + 1, s.reason,
       coalesce((SELECT 'event ' || left(e.event_id, 100) || ' at ' || e.time || ': ' || left(e.action, 100)
                 FROM ${staged(commit, 'event')} e WHERE e.record = s.record LIMIT 1), '')
     FROM set_aside s JOIN ${staged(commit, 'file')} f
       ON s.record >= f.first_record AND s.record < f.first_record + f.records`,
  );
  await touch(
    commit,
    `UPDATE ${staged(commit, 'file')} f SET rejected = f.rejected + c.count FROM (
       SELECT g.ordinal, count(*) AS count FROM set_aside s JOIN ${staged(commit, 'file')} g
         ON s.record >= g.first_record AND s.record < g.first_record + g.records GROUP BY 1) c
     WHERE c.ordinal = f.ordinal`,
  );
  for (const table of RECORD_TABLES)
    await touch(commit, `DELETE FROM ${staged(commit, table)} t USING set_aside s WHERE s.record = t.record`);
  await touch(commit, 'DROP TABLE set_aside');
}

async function countUnknown(commit: Commit, what: string, count: number): Promise<void> {
  if (count > 0)
    await touch(commit, `INSERT INTO ${staged(commit, 'unknown')} VALUES ($1, $2)`, [what, count]);
}
