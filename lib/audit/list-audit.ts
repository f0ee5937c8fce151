import type { Actor } from '#lib/authz/actor.ts';
import { assertMay } from '#lib/authz/actor.ts';
import type { CsvColumn } from '#lib/core/csv.ts';
import { csvText } from '#lib/core/csv.ts';
import type { AuditQuery, AuditRowView } from './schema.ts';
import { eachRow, knownActions, listRows, type StoredRow } from './store.ts';

/** The audit log, a page at a time. */
export async function listAudit(
  actor: Actor,
  query: AuditQuery,
): Promise<{ rows: AuditRowView[]; total: number }> {
  assertMay(actor, 'audit.read');
  const { rows, total } = await listRows(query);
  return { rows: rows.map(viewOf), total };
}

/** Every action that the log holds, for the filter. */
export async function listActions(actor: Actor): Promise<{ actions: string[] }> {
  assertMay(actor, 'audit.read');
  return { actions: await knownActions() };
}

const CSV_COLUMNS: readonly CsvColumn<StoredRow>[] = [
  { title: 'Number', value: (row) => Number(row.seq) },
  { title: 'Time (UTC)', value: (row) => row.at },
  { title: 'Actor', value: (row) => row.actorName },
  { title: 'Actor id', value: (row) => row.actor },
  { title: 'On behalf of', value: (row) => row.onBehalfOf },
  { title: 'Action', value: (row) => row.action },
  { title: 'Subject', value: (row) => row.subject },
  { title: 'Reason', value: (row) => row.reason },
  { title: 'Before', value: (row) => (row.before === null ? null : JSON.stringify(row.before)) },
  { title: 'After', value: (row) => (row.after === null ? null : JSON.stringify(row.after)) },
  { title: 'Address', value: (row) => row.address },
  { title: 'Request', value: (row) => row.requestId },
  { title: 'Hash', value: (row) => row.hash.toString('hex') },
];

/** The rows that match as a file, oldest first, streamed: CSV for reading, NDJSON (docs/audit-format.md) for verifying. */
export function exportAudit(actor: Actor, query: AuditQuery): ReadableStream<Uint8Array> {
  assertMay(actor, 'audit.read');
  const lines = query.format === 'csv' ? csvLines(query) : jsonLines(query);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const part = await lines.next();
      if (part.done === true) controller.close();
      else controller.enqueue(encoder.encode(part.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}

async function* csvLines(query: AuditQuery): AsyncGenerator<string, undefined> {
  yield csvText(CSV_COLUMNS, []);
  for await (const batch of eachRow(query)) {
    const text = csvText(CSV_COLUMNS, batch);
    yield text.slice(text.indexOf('\r\n') + 2);
  }
}

async function* jsonLines(query: AuditQuery): AsyncGenerator<string, undefined> {
  for await (const batch of eachRow(query))
    yield batch.map((row) => `${JSON.stringify(exportedRow(row))}\n`).join('');
}

const exportedRow = ({ previous, hash, ...row }: StoredRow) => {
  return { ...row, previous: previous.toString('hex'), hash: hash.toString('hex') };
};

function viewOf({ previous: _, hash, ...row }: StoredRow): AuditRowView {
  return { ...row, hash: hash.toString('hex') };
}
