import { csvText, type CsvColumn } from '#lib/core/csv.ts';
import type { EdgeRow, NodeRow } from './read-rows.ts';

const NODE_COLUMNS = (
  [
    ...[
      'key',
      'kind',
      'name',
      'standing',
      'provider',
      'tenant',
      'environment',
      'zone',
      'type',
      'sensitivity',
    ],
    ...['owner', 'purpose', 'createdAt', 'rotatedAt', 'expiresAt', 'lastUsedAt', 'managed'],
  ] as readonly Exclude<keyof NodeRow, 'labels' | 'props'>[]
).map((name): CsvColumn<NodeRow> => ({ title: name, value: (row) => row[name] }));

const EDGE_COLUMNS = (
  [
    ...[
      'from',
      'fromKind',
      'fromName',
      'kind',
      'to',
      'toKind',
      'toName',
      'qualifier',
      'level',
      'conditional',
    ],
    ...['limited', 'exercisedCount', 'lastExercised'],
  ] as readonly Exclude<keyof EdgeRow, 'props'>[]
).map((name): CsvColumn<EdgeRow> => ({ title: name, value: (row) => row[name] }));

export const nodeLines = (rows: AsyncIterable<NodeRow>): AsyncGenerator<string> => lines(NODE_COLUMNS, rows);
export const edgeLines = (rows: AsyncIterable<EdgeRow>): AsyncGenerator<string> => lines(EDGE_COLUMNS, rows);

async function* lines<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  const header = csvText(columns, []);
  yield header;
  for await (const row of rows) yield csvText(columns, [row]).slice(header.length);
}
