import { queryOptions } from '@tanstack/react-query';
import { tablePreview } from '#lib/ingest/table-schema.ts';
import type { NamedFile } from './send-upload.ts';
import { fetchJson } from './fetch-json.ts';

const HEAD_BYTES = 32 * 1024;

/** What the beginning of a table shows; the browser reads it from disk and sends no more than that. */
export function previewOfTable({ name, file }: NamedFile, source: string) {
  return queryOptions({
    queryKey: ['tables', name, file.size, file.lastModified, source],
    queryFn: async ({ signal }) =>
      fetchJson('/api/v1/sources/table', {
        output: tablePreview,
        method: 'POST',
        body: { head: await wholeLines(file), source },
        signal,
      }),
    staleTime: Infinity,
  });
}

/** The first whole lines, as text that JSON can carry. */
async function wholeLines(file: File): Promise<string> {
  const text = (await file.slice(0, HEAD_BYTES).text()).replace(/^\uFEFF/, '').replaceAll('\0', '');
  return (file.size > HEAD_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text).toWellFormed();
}
