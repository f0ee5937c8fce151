import type pg from 'pg';
import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { exportOpenGraph, type ExportedEdge, type ExportedNode } from '#lib/connectors/opengraph/export.ts';
import { inTransaction } from '#lib/db/client.ts';
import { bailiwickLines } from './bailiwick-lines.ts';
import { edgeLines, nodeLines } from './csv-lines.ts';
import { edgeRows, inOneMoment, nodeRows, type EdgeRow, type NodeRow } from './read-rows.ts';
import type { GraphExportQuery } from './schema.ts';

const CHUNK_CHARACTERS = 1 << 16;

export type GraphFile = { name: string; contentType: string; text: AsyncGenerator<string, undefined> };

/**
 * The live graph as a file, in pieces: what the actor may see of it, as it is at the moment of the first piece. The whole
 * map of an organisation's trust is evidence: it takes `evidence.read` beside `graph.read`, and leaves a trace.
 */
export async function exportGraph(actor: Actor, query: GraphExportQuery): Promise<GraphFile> {
  assertMay(actor, 'graph.read');
  assertMay(actor, 'evidence.read');
  await inTransaction((tx) =>
    record(tx, actor, {
      action: 'graph.export',
      subject: 'graph',
      after: { format: query.format, ...(query.format === 'csv' ? { table: query.table } : {}) },
    }),
  );
  const { name, contentType } = FILES[query.format];
  const text = chunked(inOneMoment((client) => pieces(client, actor, query)));
  return { name: query.format === 'csv' ? `${query.table}.csv` : name, contentType, text };
}

const FILES = {
  bailiwick: { name: 'graph.ndjson', contentType: 'application/x-ndjson; charset=utf-8' },
  opengraph: { name: 'graph.opengraph.json', contentType: 'application/json; charset=utf-8' },
  csv: { name: 'graph.csv', contentType: 'text/csv; charset=utf-8' },
} as const;

function pieces(client: pg.ClientBase, actor: Actor, query: GraphExportQuery): AsyncGenerator<string> {
  const { scope } = actor;
  switch (query.format) {
    case 'bailiwick':
      return bailiwickLines(client, scope);
    case 'opengraph':
      return exportOpenGraph(openNodes(nodeRows(client, scope)), openEdges(edgeRows(client, scope)));
    case 'csv':
      return query.table === 'nodes'
        ? nodeLines(nodeRows(client, scope))
        : edgeLines(edgeRows(client, scope));
  }
}

async function* openNodes(rows: AsyncIterable<NodeRow>): AsyncGenerator<ExportedNode> {
  for await (const { labels: _, props: __, owner: ___, ...row } of rows)
    yield Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as ExportedNode;
}

async function* openEdges(rows: AsyncIterable<EdgeRow>): AsyncGenerator<ExportedEdge> {
  for await (const { from, kind, to, qualifier, level, conditional, limited, lastExercised } of rows) {
    const stated = { qualifier, level, lastExercised };
    const kept = Object.entries(stated).filter(([, value]) => value !== null && value !== '');
    yield { from, kind, to, conditional, limited, ...Object.fromEntries(kept) } as ExportedEdge;
  }
}

/** Small pieces put together, so that each write is worth its cost. */
async function* chunked(parts: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let chunk = '';
  for await (const part of parts) {
    chunk += part;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
