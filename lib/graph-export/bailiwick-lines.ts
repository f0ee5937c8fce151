import type pg from 'pg';
import type { z } from 'zod';
import type { RowScope } from '#lib/authz/actor.ts';
import { claimSchema, edgeSchema, nodeSchema } from '#lib/connectors/bailiwick/schema.ts';
import { aliasRows, claimRows, edgeRows, nodeRows, type EdgeRow, type NodeRow } from './read-rows.ts';

const SCOPE = 'export';

/**
 * The live graph as lines of Bailiwick NDJSON (docs/formats/bailiwick.md): nodes as they are shown, relations, accepted
 * owners and aliases. Usage events and windows stay behind, and with them what can be said to be unused; last uses go
 * along as stated ones. An export of a part of the graph does not call its scope complete.
 */
export async function* bailiwickLines(client: pg.ClientBase, scope: RowScope): AsyncGenerator<string> {
  const header = {
    bailiwick: 1,
    source: 'Bailiwick export',
    asOf: new Date().toISOString(),
    scopes: [{ scope: SCOPE, complete: scope.kind === 'all' }],
  };
  yield line(header);
  for await (const row of nodeRows(client, scope)) yield line({ node: nodeOf(row), scope: SCOPE });
  for await (const row of aliasRows(client, scope)) yield line({ alias: row });
  for await (const row of edgeRows(client, scope)) yield line({ edge: edgeOf(row), scope: SCOPE });
  for await (const row of claimRows(client, scope))
    yield line({
      claim: fitting(claimSchema, { ...row, evidence: row.evidence || row.basis }),
      scope: SCOPE,
    });
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

function nodeOf({ owner: _, ...row }: NodeRow): object {
  return fitting(nodeSchema, withoutNull(row));
}

function edgeOf(row: EdgeRow): object {
  const { from, kind, to, level, props, patternTenant: tenant, patternGlob: glob } = row;
  return fitting(edgeSchema, {
    ...{ from, kind, to },
    ...(row.qualifier === '' ? {} : { qualifier: row.qualifier }),
    ...(row.conditional ? { conditional: true } : {}),
    ...(row.limited ? { limited: true } : {}),
    ...withoutNull({ level, props }),
    ...(tenant === null || glob === null ? {} : { pattern: { tenant, glob } }),
  });
}

const withoutNull = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== ''));

/**
 * The same without the members that the format does not take: other formats may be read more freely, and a description
 * that is too long must not cost the node.
 */
function fitting(schema: z.ZodType, value: object): object {
  const checked = schema.safeParse(value);
  if (checked.success) return value;
  const bad = new Set(checked.error.issues.map(({ path }) => path[0]));
  return Object.fromEntries(Object.entries(value).filter(([name]) => !bad.has(name)));
}
