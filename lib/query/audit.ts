import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { actionList, auditList, chainReport, signedNote } from '#lib/audit/schema.ts';
import { fetchJson } from './fetch-json.ts';

const PATH = '/api/v1/audit';
export const AUDIT_EXPORT_PATH = `${PATH}/export`;

/** A page of the log; `query` as tables write it. */
export const auditQuery = (query: string) =>
  queryOptions({
    queryKey: ['audit', 'list', query],
    queryFn: ({ signal }) => fetchJson(`${PATH}?${query}`, { output: auditList, signal }),
    placeholderData: keepPreviousData,
  });

export const auditActionsQuery = queryOptions({
  queryKey: ['audit', 'actions'],
  queryFn: ({ signal }) => fetchJson(`${PATH}/actions`, { output: actionList, signal }),
});

/** Verifies the whole log when asked; the answer is not asked for again by itself. */
export const chainQuery = queryOptions({
  queryKey: ['audit', 'chain'],
  queryFn: ({ signal }) => fetchJson(`${PATH}/chain`, { output: chainReport, signal }),
  staleTime: Infinity,
  refetchOnWindowFocus: false,
});

export const signCheckpoint = () => fetchJson(`${PATH}/checkpoints`, { method: 'POST', output: signedNote });
