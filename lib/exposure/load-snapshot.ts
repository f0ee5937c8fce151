import pg from 'pg';
import { patchSnapshot } from '#lib/graph/patch-snapshot.ts';
import { SnapshotBuilder, type EdgeInput, type NodeInput } from '#lib/graph/snapshot-builder.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';
import { eachRow, type CopyRow } from './copy-rows.ts';

/** A snapshot and the graph version that it shows. */
export type LoadedSnapshot = { snapshot: Snapshot; version: number };

/**
 * With the horizon: every transaction below it had ended when the snapshot was read, so whatever has changed since was
 * written by one at or above it.
 */
export type SnapshotWithHorizon = LoadedSnapshot & { horizon: string };

/** `read`: whether everything was read, or only what had changed. */
export type FreshSnapshot = SnapshotWithHorizon & { read: 'all' | 'changes' };

const NODE_COLUMNS = 'id, kind, sensitivity, valid_from, valid_to';
const EDGE_COLUMNS =
  'id, from_id, to_id, kind, level, conditional, last_exercised IS NOT NULL, valid_from, valid_to';

/** With more, freezing everything anew is as quick as merging. */
const CHANGED_SHARE_MAX = 0.2;
/** Transaction numbers are compared in a ring of 2³¹. */
const HORIZON_DISTANCE_MAX = 2n ** 30n;

/**
 * Reads the graph, also what has ended, as one consistent picture of the database: only what has changed since `before`
 * where that can be told, everything otherwise. Streams: beside the arrays of the snapshot and the changed rows no more
 * than a chunk of the network is held.
 */
export async function loadSnapshot(
  url: string,
  before: SnapshotWithHorizon | null = null,
): Promise<FreshSnapshot> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const state = await readState(client);
    const changed = before && (await loadChanges(client, before, state));
    const snapshot = changed ?? (await loadAll(client));
    await client.query('COMMIT');
    return { snapshot, ...state, read: changed ? 'changes' : 'all' };
  } finally {
    await client.end();
  }
}

type State = { version: number; horizon: string };

async function readState(client: pg.Client): Promise<State> {
  const { rows } = await client.query<{ version: number | null; horizon: string }>(
    `SELECT (SELECT (value->>'version')::int FROM setting WHERE name = 'graph') AS version,
       pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`,
  );
  const [state] = rows;
  if (!state) throw new Error('The database does not say what it shows.');
  return { version: state.version ?? 0, horizon: state.horizon };
}

async function loadAll(client: pg.Client): Promise<Snapshot> {
  const builder = new SnapshotBuilder();
  await eachRow(client, `SELECT ${NODE_COLUMNS} FROM node`, 5, (row) => builder.addNode(nodeOf(row)));
  await eachRow(client, `SELECT ${EDGE_COLUMNS} FROM edge`, 9, (row) => builder.addEdge(edgeOf(row)));
  return builder.freeze();
}

/**
 * Null where the changes cannot be told or do not fit. Postgres marks each row with the transaction that wrote it, so no
 * writer can change a fact past this; that a row has gone shows in the number of those that are left.
 */
async function loadChanges(
  client: pg.Client,
  before: SnapshotWithHorizon,
  now: State,
): Promise<Snapshot | null> {
  const { snapshot, horizon } = before;
  if (BigInt(now.horizon) - BigInt(horizon) > HORIZON_DISTANCE_MAX) return null;
  const isChanged = `age(xmin) <= age('${BigInt(horizon) % 2n ** 32n}'::xid)`;
  const count = (table: string) => `(SELECT count(*) FROM ${table})::int`;
  const { rows } = await client.query<Record<'nodes' | 'edges', number>>(
    `SELECT ${count('node')} AS nodes, ${count('edge')} AS edges`,
  );
  const [found] = rows;
  if (!found) return null;
  const most = found.edges * CHANGED_SHARE_MAX;
  const nodes: NodeInput[] = [];
  const edges: EdgeInput[] = [];
  await eachRow(client, `SELECT ${NODE_COLUMNS} FROM node WHERE ${isChanged}`, 5, (row) =>
    nodes.push(nodeOf(row)),
  );
  const changedEdges = `SELECT ${EDGE_COLUMNS} FROM edge WHERE ${isChanged} LIMIT ${Math.floor(most) + 1}`;
  await eachRow(client, changedEdges, 9, (row) => edges.push(edgeOf(row)));
  if (edges.length > most) return null;
  const patched = patchSnapshot(snapshot, { nodes, edges });
  const isWhole = patched?.nodeCount === found.nodes && patched.edgeCount === found.edges;
  return isWhole ? patched : null;
}

const nodeOf = (row: CopyRow): NodeInput => ({
  id: row.int(0),
  kind: row.word(1) as NodeKind,
  sensitivity: row.word(2) as Sensitivity | null,
  validFrom: row.seconds(3),
  validTo: row.seconds(4),
});

const edgeOf = (row: CopyRow): EdgeInput => ({
  id: row.int(0),
  from: row.int(1),
  to: row.int(2),
  kind: row.word(3) as EdgeKind,
  level: row.word(4) as AccessLevel | null,
  conditional: row.isTrue(5),
  exercised: row.isTrue(6),
  validFrom: row.seconds(7),
  validTo: row.seconds(8),
});
