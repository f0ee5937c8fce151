import { queryOptions } from '@tanstack/react-query';
import { sourceDetail, sourceList, type SourceDetail } from '#lib/ingest/view-schema.ts';
import { fetchJson } from './fetch-json.ts';

/** A page of the sources; `query` as the table writes it. */
export function sourcePage(query: string) {
  return queryOptions({
    queryKey: ['sources', 'list', query],
    queryFn: ({ signal }) => fetchJson(`/api/v1/sources?${query}`, { output: sourceList, signal }),
  });
}

export function sourceById(id: string) {
  return queryOptions({
    queryKey: ['sources', 'one', id],
    queryFn: ({ signal }) => fetchJson(`/api/v1/sources/${id}`, { output: sourceDetail, signal }),
  });
}

export const changeSource = (id: string, ownershipAuthoritative: boolean): Promise<SourceDetail> =>
  fetchJson(`/api/v1/sources/${id}`, {
    method: 'PATCH',
    body: { ownershipAuthoritative },
    output: sourceDetail,
  });
