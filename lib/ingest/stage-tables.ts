import type pg from 'pg';

/** Columns of each staging table, in the order in which rows are copied. `record` is null for facts that a reader states at its end. */
const TABLES = {
  node: 'record bigint, key text COLLATE "C", scope text, kind node_kind, standing standing, fact jsonb',
  edge:
    'record bigint, from_key text COLLATE "C", to_key text COLLATE "C", kind edge_kind, qualifier text, scope text, ' +
    'level access_level, conditional boolean, limited boolean, props jsonb, pattern_tenant text, pattern_glob text',
  event:
    'record bigint, time timestamptz, event_key bytea, digest bigint, event_id text, actor text COLLATE "C", ' +
    'credential text COLLATE "C", target text COLLATE "C", on_behalf_of text COLLATE "C", action text, outcome outcome, ' +
    'level access_level, session text, issued text, address text, user_agent text, trace text, purpose text, chain text[]',
  claim:
    'record bigint, owner text COLLATE "C", node text COLLATE "C", basis text, evidence text, confidence double precision, scope text',
  alias: 'record bigint, alias text COLLATE "C", key text COLLATE "C"',
  scope: 'record bigint, scope text, complete boolean',
  window: 'record bigint, scope text, from_time timestamptz, to_time timestamptz',
  unknown: 'what text, count bigint',
  reject: 'file int, number bigint, reason text, excerpt text',
  file:
    'ordinal int, name text, format text, sha256 bytea, bytes bigint, first_record bigint, records bigint, ' +
    'rejected bigint, repeated bigint, empty bigint, known_file bigint, problem text',
} as const;

export type StageTable = keyof typeof TABLES;
export const STAGE_TABLES = Object.keys(TABLES) as readonly StageTable[];

/** Name of the staging table of a run; `runId` is a number of our own, so nothing from outside enters the SQL. */
export const stageTable = (table: StageTable, runId: number): string =>
  `ingest_stage.${table}_${Math.trunc(runId)}`;

export async function createStage(client: pg.ClientBase, runId: number): Promise<void> {
  await dropStage(client, runId);
  const statements = STAGE_TABLES.map(
    (table) => `CREATE UNLOGGED TABLE ${stageTable(table, runId)} (${TABLES[table]})`,
  );
  await client.query(statements.join(';'));
}

export async function dropStage(client: pg.ClientBase | pg.Pool, runId: number): Promise<void> {
  await client.query(
    `DROP TABLE IF EXISTS ${STAGE_TABLES.map((table) => stageTable(table, runId)).join(', ')}`,
  );
}

/** Whether the staged rows of a run are still there: a crash of the database empties unlogged tables, but keeps the file list empty too. */
export async function hasStage(client: pg.ClientBase, runId: number): Promise<boolean> {
  const found = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [
    stageTable('file', runId),
  ]);
  if (found.rows[0]?.name == null) return false;
  const files = await client.query(`SELECT 1 FROM ${stageTable('file', runId)} LIMIT 1`);
  return files.rowCount === 1;
}
