import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import { fetchJson } from './fetch-json.ts';

export const foundNode = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(NODE_KIND_NAMES),
});
export type FoundNode = z.infer<typeof foundNode>;

export const searchAnswer = z.object({ results: z.array(foundNode) });

/** Nodes whose name, key, ARN or SPIFFE id matches, best first. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['search', text],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/search?${new URLSearchParams({ q: text }).toString()}`, {
        output: searchAnswer,
        signal,
      }),
  });
}
