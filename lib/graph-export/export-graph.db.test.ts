import { expect, it } from 'vitest';
import { pool } from '#lib/db/client.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { organisationLines } from '../../bench/generate.ts';
import { actor, count, importText } from '#lib/ingest/testing.ts';
import { exportGraph } from './export-graph.ts';
import type { GraphExportQuery } from './schema.ts';

useTestDatabase();

const exported = async (query: GraphExportQuery, as = actor): Promise<string> => {
  let text = '';
  for await (const part of (await exportGraph(as, query)).text) text += part;
  return text;
};

/** Every live node with its owner and last use, and every relation with what it grants, in words. */
async function graph(
  columns = 'n.key, n.kind, n.standing, n.name, n.provider, n.tenant, n.environment, n.zone, n.type, n.sensitivity, n.created_at, n.bound_to, n.labels, n.props, greatest(n.last_used_at, n.last_seen_in_logs), o.key',
): Promise<string[]> {
  const found = await pool().query<{ line: string }>(
    `SELECT row_to_json(x)::text AS line FROM (
       SELECT ${columns} FROM node n LEFT JOIN node o ON o.id = n.owner_id WHERE n.valid_to IS NULL) x
     UNION SELECT row_to_json(y)::text FROM (
       SELECT f.key AS f, e.kind, t.key AS t, e.qualifier, max(e.level) AS level, bool_and(e.conditional) AS conditional,
         bool_and(e.derived_from IS NOT NULL) AS derived
       FROM edge e JOIN node f ON f.id = e.from_id JOIN node t ON t.id = e.to_id
       WHERE e.valid_to IS NULL AND e.kind <> 'owns' GROUP BY 1, 2, 3, 4) y ORDER BY line`,
  );
  return found.rows.map(({ line }) => line);
}

async function empty(): Promise<void> {
  const tables = [
    'node',
    'node_fact',
    'node_alias',
    'edge',
    'event',
    'usage_day',
    'ownership_claim',
    'source',
    'run',
  ];
  await pool().query(`TRUNCATE ${tables.join(', ')} CASCADE`);
}

const pattern = [
  { node: { key: 'svc:reporting', kind: 'service', labels: { team: 'a\tb' } }, scope: 'organisation' },
  { alias: { alias: 'svc:reports', key: 'svc:reporting' } },
  {
    edge: {
      ...{
        from: 'svc:reporting',
        kind: 'grants',
        to: 'svc:reporting-store',
        level: 'read',
        qualifier: 'all',
      },
      pattern: { tenant: '100000000000', glob: 'arn:aws:*' },
    },
    scope: 'organisation',
  },
  { node: { key: 'svc:reporting-store', kind: 'resource', type: 'datastore' }, scope: 'organisation' },
].map((line) => JSON.stringify(line));

it('what is exported as Bailiwick NDJSON makes the same graph in an empty installation', async () => {
  const authoritative = { ownershipAuthoritative: true };
  await db().source.create({ data: { id: 'src_1', name: 'generated', ...authoritative } });
  const lines = [...organisationLines({ nodes: 400, edges: 3000, seed: 7 }), ...pattern];
  const first = await importText(lines.join('\n'));
  expect(first.state).toBe('done');
  expect(await count('edge WHERE derived_from IS NOT NULL')).toBeGreaterThan(0);
  const before = await graph();
  const text = await exported({ format: 'bailiwick', table: 'edges' });

  await empty();
  await db().source.create({ data: { id: 'src_2', name: 'Bailiwick export', ...authoritative } });
  const again = await importText(text);
  expect(again).toMatchObject({ state: 'done', rejected: 0, unknown: [] });
  expect(await graph()).toEqual(before);
  expect(await count(`node_alias WHERE alias = 'svc:reports'`)).toBe(1);
  const twice = await exported({ format: 'bailiwick', table: 'edges' });
  expect(twice.split('\n').slice(1)).toEqual(text.split('\n').slice(1));
});

it('what is exported as OpenGraph has the same nodes and relations when it comes back', async () => {
  const names = 'n.key, n.kind, n.name';
  const withoutDerived = (lines: string[]) => lines.filter((line) => !line.includes('"derived":true'));
  const before = withoutDerived(await graph(names));
  const text = await exported({ format: 'opengraph', table: 'edges' });
  await empty();
  await importText(text);
  expect(withoutDerived(await graph(names))).toEqual(before);
});

it('gives one CSV row per node or relation, and formulas as text', async () => {
  const rows = async (table: 'nodes' | 'edges') =>
    (await exported({ format: 'csv', table })).trimEnd().split('\r\n');
  expect((await rows('nodes')).length - 1).toBe(await count('node WHERE valid_to IS NULL'));
  expect((await rows('edges')).length - 1).toBe(
    await count('edge WHERE valid_to IS NULL AND derived_from IS NULL'),
  );
});

it('gives an owner what their teams own, calls it incomplete, and leaves a trace', async () => {
  const [row] = (await pool().query<{ id: number }>('SELECT id FROM node ORDER BY id LIMIT 1')).rows;
  await pool().query('UPDATE node SET owner_id = $1 WHERE id IN (SELECT id FROM node ORDER BY id LIMIT 5)', [
    row?.id,
  ]);
  const owner = { ...actor, scope: { kind: 'owned' as const, ownerIds: [row?.id ?? 0] } };
  const traces = await count(`audit_event WHERE action = 'graph.export'`);
  const lines = (await exported({ format: 'bailiwick', table: 'edges' }, owner)).trimEnd().split('\n');
  expect(lines[0]).toContain('"complete":false');
  expect(lines.filter((line) => line.startsWith('{"node"')).length).toBe(5);
  expect(await count(`audit_event WHERE action = 'graph.export'`)).toBe(traces + 1);
  await expect(
    exportGraph({ ...owner, permissions: new Set(['graph.read']) }, { format: 'csv', table: 'nodes' }),
  ).rejects.toThrow();
});
