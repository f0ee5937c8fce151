import { randomBytes } from 'node:crypto';
import { pool } from '#lib/db/client.ts';
import type { OracleGraph } from '#lib/graph/oracle.ts';
import { raiseGraphVersion } from '../test-graph.ts';
import type { SmallWorld } from '#lib/usage/testing/small-world.ts';

/** Writes a graph of the engine's tests into the database and raises the version. Returns the database ids by position. */
export async function storeGraph(world: SmallWorld, { nodes, edges }: OracleGraph) {
  const prefix = randomBytes(6).toString('hex');
  const time = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? null : new Date(seconds * 1000);
  const nodeIds = await insert(
    `INSERT INTO node (key, name, kind, standing, sensitivity, valid_from, valid_to)
     SELECT k, k, kind::node_kind, 'inventory', s::sensitivity, coalesce(f, to_timestamp(0)), t
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS x(k, kind, s, f, t) RETURNING id`,
    [
      nodes.map((_, i) => `test://${prefix}/${i}`),
      nodes.map(({ kind }) => kind),
      nodes.map(({ sensitivity }) => sensitivity ?? null),
      nodes.map(({ validFrom }) => time(validFrom)),
      nodes.map(({ validTo }) => time(validTo)),
    ],
  );
  const edgeIds = await insert(
    `INSERT INTO edge (from_id, to_id, kind, qualifier, level, conditional, last_exercised, source_id, run_from, digest, valid_from, valid_to)
     SELECT a, b, kind::edge_kind, q, l::access_level, c, CASE WHEN e THEN now() END, $9, 1, 0, coalesce(f, to_timestamp(0)), t
     FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::bool[], $8::timestamptz[], $10::timestamptz[])
       AS x(a, b, kind, q, l, c, e, f, t) RETURNING id`,
    [
      edges.map(({ from }) => nodeIds[from]),
      edges.map(({ to }) => nodeIds[to]),
      edges.map(({ kind }) => kind),
      edges.map((_, i) => `edge-${i}`),
      edges.map(({ level }) => level ?? null),
      edges.map(({ conditional }) => conditional === true),
      edges.map(({ exercised }) => exercised === true),
      edges.map(({ validFrom }) => time(validFrom)),
      world.sourceId,
      edges.map(({ validTo }) => time(validTo)),
    ],
  );
  await raiseGraphVersion();
  return { nodeIds, edgeIds };
}

async function insert(sql: string, values: unknown[]): Promise<number[]> {
  const { rows } = await pool().query<{ id: number }>(sql, values);
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}
