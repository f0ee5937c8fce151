import { systemActor } from '#lib/authz/actor.ts';
import { pool } from '#lib/db/client.ts';
import { importInput } from './import.ts';
import type { ImportOptionsInput } from './options.ts';
import type { RunResult } from './run-result.ts';

/** What the database tests of this folder share. */
export const actor = systemActor('cli', 'Command line');

export const streamOf = (text: string | Buffer, chunk = 1 << 16): AsyncIterable<Buffer> => {
  const bytes = Buffer.from(text as string);
  return (async function* () {
    await Promise.resolve();
    for (let i = 0; i < bytes.length; i += chunk) yield bytes.subarray(i, i + chunk);
  })();
};

/** Imports text as one file and gives its only run. */
export async function importText(
  text: string | Buffer,
  options: ImportOptionsInput = {},
  name = 'input.ndjson',
): Promise<RunResult> {
  const { runs } = await importInput(actor, { inputs: [{ stream: streamOf(text), name }], options });
  const [run] = runs;
  if (!run || runs.length !== 1) throw new Error(`There were ${runs.length} runs.`);
  return run;
}

/** Lines in Bailiwick's own format, after their header. */
export const ndjson = (header: Record<string, unknown>, ...lines: object[]): string =>
  [{ bailiwick: 1, ...header }, ...lines].map((line) => JSON.stringify(line)).join('\n') + '\n';

export const service = (name: string, extra: object = {}) => ({
  node: { key: `svc:${name}`, kind: 'service', name, ...extra },
  scope: 'shop',
});
export const database = (name: string) => ({
  node: { key: `db:${name}`, kind: 'resource', type: 'datastore', tenant: 'acme' },
  scope: 'shop',
});
export const grant = (from: string, to: string, level: string) => ({
  edge: { from: `svc:${from}`, kind: 'grants', to: `db:${to}`, level },
  scope: 'shop',
});
export const event = (id: string, actor: string, target: string, time: string) => ({
  event: {
    ...{ id, time, actor: `svc:${actor}`, target: `db:${target}` },
    ...{ action: 'db:Query', outcome: 'allowed', level: 'read' },
  },
});

export async function count(sql: string, values: unknown[] = []): Promise<number> {
  const found = await pool().query<{ count: string }>(`SELECT count(*) FROM ${sql}`, values);
  return Number(found.rows[0]?.count);
}

/** All that the sources say now, without ids and times, in a stable order: two databases with equal states are equal. */
export async function liveState(): Promise<string[]> {
  const found = await pool().query<{ line: string }>(
    `SELECT 'node ' || n.key || ' ' || n.kind || ' ' || n.standing || ' ' || n.name || ' ' || coalesce(n.last_seen_in_logs::text, '')
       || coalesce(o.key, '') AS line FROM node n LEFT JOIN node o ON o.id = n.owner_id WHERE n.valid_to IS NULL
     UNION ALL SELECT 'edge ' || f.key || ' ' || e.kind || ' ' || t.key || ' ' || e.qualifier || ' ' || coalesce(e.level::text, '') || ' '
       || e.exercised_count || ' ' || coalesce(e.first_exercised::text, '') || ' ' || coalesce(e.last_exercised::text, '')
       || CASE WHEN e.derived_from IS NULL THEN '' ELSE ' derived' END
       FROM edge e JOIN node f ON f.id = e.from_id JOIN node t ON t.id = e.to_id WHERE e.valid_to IS NULL
     UNION ALL SELECT 'usage ' || day || ' ' || a.key || ' ' || coalesce(t.key, '') || ' ' || coalesce(c.key, '') || ' ' || action_group
       || ' ' || allowed || ' ' || denied || ' ' || failed || ' ' || first_at || ' ' || last_at
       FROM usage_day u JOIN node a ON a.id = u.actor_id LEFT JOIN node t ON t.id = u.target_id LEFT JOIN node c ON c.id = u.credential_id
     UNION ALL SELECT 'event ' || event_id || ' ' || time FROM event
     UNION ALL SELECT 'window ' || scope || ' ' || from_time || ' ' || to_time FROM observation_window
     UNION ALL SELECT 'claim ' || n.key || ' ' || o.key || ' ' || c.basis || ' ' || c.state FROM ownership_claim c
       JOIN node n ON n.id = c.node_id JOIN node o ON o.id = c.owner_id WHERE c.state <> 'ended'
     ORDER BY line`,
  );
  return found.rows.map((row) => row.line);
}
