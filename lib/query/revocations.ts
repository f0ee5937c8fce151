import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  addedWebhookSchema,
  requestedSchema,
  revocationDetailSchema,
  revocationListSchema,
  revocationPreviewSchema,
  webhookListSchema,
  type addWebhookSchema,
  type requestRevocationSchema,
} from '#lib/revocation/schema.ts';
import { fetchJson } from './fetch-json.ts';

/** Every key of this file begins with it: after a step all of them are asked anew. */
export const REVOCATIONS_KEY = ['revocations'] as const;
const ROOT = '/api/v1/revocations';

export const revocationList = (query: string) =>
  queryOptions({
    queryKey: [...REVOCATIONS_KEY, 'list', query],
    queryFn: ({ signal }) => fetchJson(`${ROOT}?${query}`, { output: revocationListSchema, signal }),
  });

export const revocationById = (id: string) =>
  queryOptions({
    queryKey: [...REVOCATIONS_KEY, 'one', id],
    queryFn: ({ signal }) =>
      fetchJson(`${ROOT}/${encodeURIComponent(id)}`, { output: revocationDetailSchema, signal }),
  });

export const revocationPreview = (key: string, edge?: number) =>
  queryOptions({
    queryKey: [...REVOCATIONS_KEY, 'preview', key, edge ?? 0],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ key, ...(edge ? { edge: String(edge) } : {}) });
      return fetchJson(`${ROOT}/preview?${params.toString()}`, { output: revocationPreviewSchema, signal });
    },
  });

export const requestRevocation = (body: z.input<typeof requestRevocationSchema>) =>
  fetchJson(ROOT, { method: 'POST', body, output: requestedSchema });

/** The last part of the address of a step, and what it takes besides the version. */
export type RevocationStep =
  | { verb: 'rehearse' }
  | { verb: 'method'; method: 'webhook' | 'manual'; webhookId: string | null }
  | { verb: 'approve'; planHash: string }
  | { verb: 'execute'; proof: string }
  | { verb: 'reject' | 'cancel' | 'roll-back'; reason: string };

export const stepRevocation = (id: string, version: number, { verb, ...body }: RevocationStep) =>
  fetchJson(`${ROOT}/${encodeURIComponent(id)}/${verb}`, {
    method: 'POST',
    body: { version, ...body },
    output: revocationDetailSchema,
  });

export const webhookList = () =>
  queryOptions({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => fetchJson('/api/v1/webhooks', { output: webhookListSchema, signal }),
  });

export const addWebhook = (body: z.input<typeof addWebhookSchema>) =>
  fetchJson('/api/v1/webhooks', { method: 'POST', body, output: addedWebhookSchema });

export const removeWebhook = (id: string) =>
  fetchJson(`/api/v1/webhooks/${encodeURIComponent(id)}`, { method: 'DELETE', output: webhookListSchema });
