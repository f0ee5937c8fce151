import type pg from 'pg';
import type { RowScope } from '#lib/authz/actor.ts';
import { pool } from '#lib/db/client.ts';

const BATCH = 2_000;

/** Reads the graph as it is at one moment, however long that takes, in batches: memory does not grow with the graph. */
export async function* inOneMoment<T>(
  read: (client: pg.ClientBase) => AsyncGenerator<T>,
): AsyncGenerator<T, undefined> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    yield* read(client);
    await client.query('COMMIT');
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // Left half-way by its reader or failed, the transaction is still open: such a connection is not used again.
    const isOpen = failure ?? (await client.query('ROLLBACK').then(() => undefined, asError));
    client.release(isOpen);
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

async function* rows<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  name: string,
  select: string,
  values: readonly unknown[],
): AsyncGenerator<Row, undefined> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${select}`, [...values]);
  for (;;) {
    const batch = await client.query<Row>(`FETCH ${BATCH} FROM ${name}`);
    yield* batch.rows;
    if (batch.rows.length < BATCH) break;
  }
  await client.query(`CLOSE ${name}`);
}

/** A live node as it is shown, times in the form of the fact contract. Absent members are null. */
export type NodeRow = Record<
  | 'key'
  | 'kind'
  | 'standing'
  | 'name'
  | 'provider'
  | 'tenant'
  | 'environment'
  | 'zone'
  | 'type'
  | 'sensitivity'
  | 'purpose'
  | 'boundTo'
  | 'createdAt'
  | 'rotatedAt'
  | 'expiresAt'
  | 'lastUsedAt'
  | 'owner',
  string | null
> & {
  key: string;
  managed: boolean | null;
  runtimeAuthorised: boolean | null;
  labels: unknown;
  props: unknown;
};

export type EdgeRow = {
  from: string;
  fromKind: string;
  fromName: string;
  kind: string;
  to: string;
  toKind: string;
  toName: string;
  qualifier: string;
  level: string | null;
  conditional: boolean;
  limited: boolean;
  exercisedCount: string;
  lastExercised: string | null;
  props: unknown;
  patternTenant: string | null;
  patternGlob: string | null;
};

export type ClaimRow = { owner: string; node: string; basis: string; evidence: string; confidence: number };
export type AliasRow = { alias: string; key: string };

/** Of an actor who sees what teams own: nodes of these owners, and relations between two such nodes. */
function visible(scope: RowScope, ...names: string[]): { sql: string; values: unknown[] } {
  if (scope.kind === 'all') return { sql: 'true', values: [] };
  const each = names.map(
    (n) =>
      `(${n}.id = ANY($1::int[]) OR ${n}.owner_id = ANY($1::int[]) OR ${n}.owner_person_id = ANY($1::int[]))`,
  );
  return { sql: each.join(' AND '), values: [[...scope.ownerIds]] };
}

const time = (column: string, name: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "${name}"`;

export function nodeRows(client: pg.ClientBase, scope: RowScope): AsyncGenerator<NodeRow, undefined> {
  const { sql, values } = visible(scope, 'n');
  return rows<NodeRow>(
    client,
    'exported_node',
    `SELECT n.key, n.kind, n.standing, n.name, n.provider, n.tenant, n.environment, n.zone, n.type, n.sensitivity, n.purpose,
       n.bound_to AS "boundTo", nullif(n.managed, false) AS managed, n.runtime_authorised AS "runtimeAuthorised",
       ${time('n.created_at', 'createdAt')}, ${time('n.rotated_at', 'rotatedAt')}, ${time('n.expires_at', 'expiresAt')},
       ${time('greatest(n.last_used_at, n.last_seen_in_logs)', 'lastUsedAt')},
       (SELECT o.key FROM node o WHERE o.id = n.owner_id) AS owner, n.labels, n.props
     FROM node n WHERE n.valid_to IS NULL AND ${sql} ORDER BY n.id`,
    values,
  );
}

/**
 * One row per relation, whichever sources state it: the highest level that any of them gives, and conditional or limited
 * only when all say so. Relations that follow from a pattern and ownership are left out: both are made anew.
 */
export function edgeRows(client: pg.ClientBase, scope: RowScope): AsyncGenerator<EdgeRow, undefined> {
  const { sql, values } = visible(scope, 'f', 't');
  return rows<EdgeRow>(
    client,
    'exported_edge',
    `SELECT f.key AS "from", f.kind AS "fromKind", f.name AS "fromName", e.kind, t.key AS "to", t.kind AS "toKind",
       t.name AS "toName", e.qualifier, max(e.level) AS level, bool_and(e.conditional) AS conditional,
       bool_and(e.limited) AS limited, max(e.exercised_count) AS "exercisedCount",
       ${time('max(e.last_exercised)', 'lastExercised')},
       (array_agg(e.props ORDER BY e.level DESC NULLS LAST, e.id) FILTER (WHERE e.props IS NOT NULL))[1] AS props,
       (array_agg(e.pattern_tenant ORDER BY e.id) FILTER (WHERE e.pattern_glob IS NOT NULL))[1] AS "patternTenant",
       (array_agg(e.pattern_glob ORDER BY e.id) FILTER (WHERE e.pattern_glob IS NOT NULL))[1] AS "patternGlob"
     FROM edge e JOIN node f ON f.id = e.from_id JOIN node t ON t.id = e.to_id
     WHERE e.valid_to IS NULL AND e.derived_from IS NULL AND e.kind <> 'owns' AND f.valid_to IS NULL AND t.valid_to IS NULL AND ${sql}
     GROUP BY f.id, t.id, e.kind, e.qualifier ORDER BY f.id, t.id, e.kind, e.qualifier`,
    values,
  );
}

export function claimRows(client: pg.ClientBase, scope: RowScope): AsyncGenerator<ClaimRow, undefined> {
  const { sql, values } = visible(scope, 'n', 'o');
  return rows<ClaimRow>(
    client,
    'exported_claim',
    `SELECT o.key AS owner, n.key AS node, c.basis, c.evidence, c.confidence
     FROM ownership_claim c JOIN node n ON n.id = c.node_id JOIN node o ON o.id = c.owner_id
     WHERE c.state = 'accepted' AND n.valid_to IS NULL AND o.valid_to IS NULL AND ${sql} ORDER BY n.id`,
    values,
  );
}

export function aliasRows(client: pg.ClientBase, scope: RowScope): AsyncGenerator<AliasRow, undefined> {
  const { sql, values } = visible(scope, 'n');
  return rows<AliasRow>(
    client,
    'exported_alias',
    `SELECT a.alias, n.key FROM node_alias a JOIN node n ON n.id = a.node_id
     WHERE n.valid_to IS NULL AND a.alias <> n.key AND ${sql} ORDER BY a.alias`,
    values,
  );
}
