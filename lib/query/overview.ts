import { queryOptions } from '@tanstack/react-query';
import { overviewView, widestView } from '#lib/overview/schema.ts';
import { fetchJson } from './fetch-json.ts';

export function overview() {
  return queryOptions({
    queryKey: ['overview'],
    queryFn: ({ signal }) => fetchJson('/api/v1/overview', { output: overviewView, signal }),
  });
}

export function widestReach() {
  return queryOptions({
    queryKey: ['overview', 'widest-reach'],
    queryFn: ({ signal }) => fetchJson('/api/v1/overview/widest-reach', { output: widestView, signal }),
    staleTime: 60_000,
  });
}
