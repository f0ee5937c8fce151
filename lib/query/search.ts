import { queryOptions } from '@tanstack/react-query';
import { searchView, type NodeView } from '#lib/exposure/schema.ts';
import { fetchJson } from './fetch-json.ts';

export type FoundNode = Pick<NodeView, 'id' | 'key' | 'name' | 'kind'>;

/** Nodes whose name, key, ARN or SPIFFE id matches, best first. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['search', text],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/search?${new URLSearchParams({ q: text }).toString()}`, {
        output: searchView,
        signal,
      }),
  });
}
