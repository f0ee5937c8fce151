import { queryOptions } from '@tanstack/react-query';
import {
  assignees,
  decided,
  evaluation,
  findingCounts,
  findingDetail,
  findingPage,
  type DecideFindings,
} from '#lib/findings/schema.ts';
import { fetchJson } from './fetch-json.ts';

/** Every key of this file begins with it: after a decision all of them are asked anew. */
export const FINDINGS_KEY = ['findings'] as const;

export function findingList(query: string) {
  return queryOptions({
    queryKey: [...FINDINGS_KEY, 'list', query],
    queryFn: ({ signal }) => fetchJson(`/api/v1/findings?${query}`, { output: findingPage, signal }),
  });
}

/** Open and accepted findings of one node, the worst first. */
export function findingsOfNode(key: string) {
  const query = new URLSearchParams({ node: key, state: 'open,accepted', size: '25' }).toString();
  return findingList(query);
}

export function findingById(id: string) {
  return queryOptions({
    queryKey: [...FINDINGS_KEY, 'one', id],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/findings/${encodeURIComponent(id)}`, { output: findingDetail, signal }),
  });
}

export function countsOfFindings() {
  return queryOptions({
    queryKey: [...FINDINGS_KEY, 'counts'],
    queryFn: ({ signal }) => fetchJson('/api/v1/findings/counts', { output: findingCounts, signal }),
  });
}

export function assigneeList() {
  return queryOptions({
    queryKey: [...FINDINGS_KEY, 'assignees'],
    queryFn: ({ signal }) => fetchJson('/api/v1/findings/assignees', { output: assignees, signal }),
  });
}

export const decideOnFindings = (body: DecideFindings) =>
  fetchJson('/api/v1/findings/decisions', { method: 'POST', body, output: decided });

export const runRules = () =>
  fetchJson('/api/v1/findings/evaluations', { method: 'POST', body: {}, output: evaluation });
