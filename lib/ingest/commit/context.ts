import type pg from 'pg';
import { stageTable, type StageTable } from '../stage-tables.ts';

/** What every step of a commit works with. The steps share temporary tables, which their comments name. */
export type Commit = {
  client: pg.ClientBase;
  runId: number;
  sourceId: string;
  /** When the input was true. */
  asOf: Date;
};

/** Staging table of the run as it stands in SQL. */
export const staged = (commit: Commit, table: StageTable): string => stageTable(table, commit.runId);

/** Runs a statement and returns how many rows it touched. */
export async function touch(commit: Commit, sql: string, values: readonly unknown[] = []): Promise<number> {
  const result = await commit.client.query(sql, [...values]);
  return result.rowCount ?? 0;
}

export async function rowsOf<T extends pg.QueryResultRow>(
  commit: Commit,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  return (await commit.client.query<T>(sql, [...values])).rows;
}
