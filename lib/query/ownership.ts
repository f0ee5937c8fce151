import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  changedSchema,
  coverageSchema,
  handedOverSchema,
  ownerListSchema,
  ownershipDetailSchema,
  ownershipListSchema,
  type acceptClaimSchema,
  type assignSchema,
  type bulkAcceptSchema,
} from '#lib/ownership/schema.ts';
import { fetchJson } from './fetch-json.ts';

/** Every key of this file begins with it: after a decision all of them are asked anew. */
export const OWNERSHIP_KEY = ['ownership'] as const;
const ROOT = '/api/v1/ownership';

export const ownershipList = (view: string, query: string) =>
  queryOptions({
    queryKey: [...OWNERSHIP_KEY, 'list', view, query],
    queryFn: ({ signal }) =>
      fetchJson(`${ROOT}?view=${view}&${query}`, { output: ownershipListSchema, signal }),
  });

export const ownershipCoverage = () =>
  queryOptions({
    queryKey: [...OWNERSHIP_KEY, 'coverage'],
    queryFn: ({ signal }) => fetchJson(`${ROOT}/coverage`, { output: coverageSchema, signal }),
  });

export const ownershipOf = (nodeId: string) =>
  queryOptions({
    queryKey: [...OWNERSHIP_KEY, 'node', nodeId],
    queryFn: ({ signal }) =>
      fetchJson(`${ROOT}/nodes/${encodeURIComponent(nodeId)}`, { output: ownershipDetailSchema, signal }),
  });

export const ownerSearch = (q: string, kind?: 'team' | 'person') =>
  queryOptions({
    queryKey: [...OWNERSHIP_KEY, 'owners', q, kind ?? ''],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ q, ...(kind ? { kind } : {}) });
      return fetchJson(`${ROOT}/owners?${params.toString()}`, { output: ownerListSchema, signal });
    },
    staleTime: 60_000,
  });

export const acceptClaim = (claimId: string, body: z.input<typeof acceptClaimSchema>) =>
  fetchJson(`${ROOT}/claims/${encodeURIComponent(claimId)}/accept`, {
    method: 'POST',
    body,
    output: changedSchema,
  });

export const acceptClaims = (body: z.input<typeof bulkAcceptSchema>) =>
  fetchJson(`${ROOT}/claims/accept`, { method: 'POST', body, output: changedSchema });

export const rejectClaim = (claimId: string, body: { reason: string }) =>
  fetchJson(`${ROOT}/claims/${encodeURIComponent(claimId)}/reject`, {
    method: 'POST',
    body,
    output: changedSchema,
  });

export const assignOwner = (nodeId: number, body: z.input<typeof assignSchema>) =>
  fetchJson(`${ROOT}/nodes/${nodeId}/assign`, { method: 'POST', body, output: changedSchema });

export const disputeOwnership = (nodeId: number, body: { reason: string }) =>
  fetchJson(`${ROOT}/nodes/${nodeId}/dispute`, { method: 'POST', body, output: changedSchema });

export const handOverOwnership = (nodeId: number, body: { toOwnerId: number; reason: string }) =>
  fetchJson(`${ROOT}/nodes/${nodeId}/hand-over`, { method: 'POST', body, output: handedOverSchema });
