import { csvConnector } from '#lib/connectors/csv/connector.ts';
import type { CsvMapping } from '#lib/connectors/csv/mapping.ts';
import { db } from '#lib/db/client.ts';
import { usableMappingSchema } from './mapping-schema.ts';
import { chooseConnector, type Recognised } from './recognise.ts';
import { samplesOf } from './sample.ts';

const settingName = (sourceId: string): string => `csv-mapping:${sourceId}`;

/** How the source's tables were read the last time that somebody said how. */
export async function rememberedMapping(sourceName: string): Promise<CsvMapping | null> {
  const source = await db().source.findUnique({ where: { name: sourceName } });
  if (source === null) return null;
  const kept = await db().setting.findUnique({ where: { name: settingName(source.id) } });
  return usableMappingSchema.safeParse(kept?.value).data ?? null;
}

export async function rememberMapping(sourceId: string, mapping: CsvMapping): Promise<void> {
  const name = settingName(sourceId);
  await db().setting.upsert({
    where: { name },
    create: { name, value: mapping },
    update: { value: mapping },
  });
}

/** What is known of how to read tables: what a person says now, and what was said before. */
export type TableReading = { stated: CsvMapping | null; remembered: CsvMapping | null };

/**
 * As chooseConnector, with a mapping for tables: a stated one wins over any format that knows the columns, a remembered one
 * is for tables that none knows. Either only where the table has its columns.
 */
export function chooseWithMapping(
  format: string,
  file: string,
  head: string,
  { stated, remembered }: TableReading,
): Recognised | { problem: string } {
  const isOpen = format === 'auto' || format === 'csv';
  if (isOpen && stated !== null && hasColumns(file, head, stated))
    return { connector: csvConnector(stated), syntax: 'csv' };
  const chosen = chooseConnector(format, file, head);
  const isUnknown = 'problem' in chosen || chosen.connector.name === 'csv';
  if (isOpen && isUnknown && remembered !== null && hasColumns(file, head, remembered))
    return { connector: csvConnector(remembered), syntax: 'csv' };
  return chosen;
}

function hasColumns(file: string, head: string, mapping: CsvMapping): boolean {
  const keys = samplesOf(file, head).find(({ syntax }) => syntax === 'csv')?.keys;
  return (
    keys !== undefined && mapping.fields.every(({ column }) => column === undefined || keys.includes(column))
  );
}
