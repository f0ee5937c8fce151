import { queryOptions } from '@tanstack/react-query';
import { reachView } from '#lib/exposure/schema.ts';
import { nodeCard } from '#lib/inventory/card-schema.ts';
import { facetsView, nodePage, permissionPage, type NodeGroupName } from '#lib/inventory/schema.ts';
import { fetchJson } from './fetch-json.ts';

/** A page of one tab of the inventory; `query` as the table writes it. */
export function nodeList(group: NodeGroupName, query: string) {
  return queryOptions({
    queryKey: ['inventory', 'nodes', group, query],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/inventory/nodes?group=${group}&${query}`, { output: nodePage, signal }),
  });
}

export function facetList(group: NodeGroupName) {
  return queryOptions({
    queryKey: ['inventory', 'facets', group],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/inventory/facets?group=${group}`, { output: facetsView, signal }),
    staleTime: 60_000,
  });
}

/** Ends that a list of permissions is narrowed to. */
export type PermissionEnds = { from?: string; to?: string; through?: 'true' };

export function permissionList(query: string, ends: PermissionEnds = {}) {
  const narrowed = new URLSearchParams({ ...ends }).toString();
  return queryOptions({
    queryKey: ['inventory', 'permissions', query, narrowed],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/inventory/permissions?${[query, narrowed].filter(Boolean).join('&')}`, {
        output: permissionPage,
        signal,
      }),
  });
}

export function nodeByKey(key: string) {
  return queryOptions({
    queryKey: ['inventory', 'node', key],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/inventory/node?${new URLSearchParams({ key }).toString()}`, {
        output: nodeCard,
        signal,
      }),
  });
}

/** Totals of what whoever controls the node can reach, and the most sensitive of it. */
export function nodeReach(key: string, mode: 'granted' | 'exercised') {
  const params = new URLSearchParams({ key, mode, sensitiveOnly: 'true', limit: '8' });
  return queryOptions({
    queryKey: ['inventory', 'reach', key, mode],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/graph/reach?${params.toString()}`, { output: reachView, signal }),
  });
}
