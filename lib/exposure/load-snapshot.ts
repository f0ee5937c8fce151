import { createInterface } from 'node:readline';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { SnapshotBuilder } from '#lib/graph/snapshot-builder.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';

/** A snapshot and the graph version that it shows. */
export type LoadedSnapshot = { snapshot: Snapshot; version: number };

const SECONDS = (column: string) => `floor(extract(epoch from ${column}))::bigint`;

const NODES = `COPY (SELECT id, kind, sensitivity, ${SECONDS('valid_from')}, ${SECONDS('valid_to')} FROM node) TO STDOUT`;
const EDGES = `COPY (
  SELECT id, from_id, to_id, kind, level, conditional, last_exercised IS NOT NULL, ${SECONDS('valid_from')}, ${SECONDS('valid_to')}
  FROM edge) TO STDOUT`;

/**
 * Reads the whole graph, also what has ended, as one consistent picture of the database. Streams: beside the arrays of
 * the snapshot no more than a line is held.
 */
export async function loadSnapshot(url: string): Promise<LoadedSnapshot> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const version = await readVersion(client);
    const builder = new SnapshotBuilder();
    await eachRow(client, NODES, ([id, kind, sensitivity, from, to]) =>
      builder.addNode({
        id: Number(id),
        kind: kind as NodeKind,
        sensitivity: sensitivity as Sensitivity | null,
        validFrom: secondsOf(from),
        validTo: secondsOf(to),
      }),
    );
    await eachRow(client, EDGES, ([id, source, target, kind, level, conditional, exercised, from, to]) =>
      builder.addEdge({
        id: Number(id),
        from: Number(source),
        to: Number(target),
        kind: kind as EdgeKind,
        level: level as AccessLevel | null,
        conditional: conditional === 't',
        exercised: exercised === 't',
        validFrom: secondsOf(from),
        validTo: secondsOf(to),
      }),
    );
    await client.query('COMMIT');
    return { snapshot: builder.freeze(), version };
  } finally {
    await client.end();
  }
}

async function readVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `SELECT (value->>'version')::int AS version FROM setting WHERE name = 'graph'`,
  );
  return rows[0]?.version ?? 0;
}

/** Rows of COPY's text form; these columns hold no text that would have to be unescaped. */
async function eachRow(
  client: pg.Client,
  sql: string,
  visit: (columns: (string | null)[]) => void,
): Promise<void> {
  const stream = client.query(copyTo(sql));
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    visit(line.split('\t').map((column) => (column === '\\N' ? null : column)));
  }
}

const secondsOf = (column: string | null | undefined): number | null =>
  column == null ? null : Number(column);
