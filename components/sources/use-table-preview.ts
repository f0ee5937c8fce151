import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { missingFields, type CsvMapping } from '#lib/connectors/csv/mapping.ts';
import type { TablePreview } from '#lib/ingest/table-schema.ts';
import type { NamedFile } from '#lib/query/send-upload.ts';
import { previewOfTable } from '#lib/query/tables.ts';

export type TableChoice = {
  /** A table whose columns no format knows; null: nothing has to be said. */
  preview: TablePreview | null;
  mapping: CsvMapping | null;
  change: (mapping: CsvMapping) => void;
  /** The choice of files can be sent: no mapping is needed, or it says enough. */
  isReady: boolean;
};

/** The mapping of the first chosen table, suggested until a person changes it. */
export function useTablePreview(files: readonly NamedFile[], source: string): TableChoice {
  const file = files.find(({ name }) => /\.(?:csv|tsv)$/i.test(name));
  const [changed, setChanged] = useState<{ file: File; mapping: CsvMapping } | null>(null);
  const query = useQuery(
    file === undefined
      ? { queryKey: ['tables', 'none'], queryFn: skipToken }
      : previewOfTable(file, source.trim()),
  );
  const found = query.data ?? null;
  const preview = found !== null && found.knownAs === null && found.columns.length > 1 ? found : null;
  if (file === undefined || preview === null)
    return { preview: null, mapping: null, change: () => undefined, isReady: true };
  const mapping = changed?.file === file.file ? changed.mapping : preview.mapping;
  return {
    preview,
    mapping,
    change: (next) => setChanged({ file: file.file, mapping: next }),
    isReady: mapping !== null && missingFields(mapping).length === 0,
  };
}
