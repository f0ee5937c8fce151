import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  attestedManySchema,
  decidedSchema,
  reviewDetailSchema,
  reviewListSchema,
  type attestManySchema,
  type decisionSchema,
} from '#lib/campaigns/schema.ts';
import { fetchJson } from './fetch-json.ts';

/** Every key of this file begins with it: after a decision all of them are asked anew. */
export const REVIEWS_KEY = ['reviews'] as const;
const ROOT = '/api/v1/reviews';

export const reviewList = (query: string) =>
  queryOptions({
    queryKey: [...REVIEWS_KEY, 'list', query],
    queryFn: ({ signal }) => fetchJson(`${ROOT}?${query}`, { output: reviewListSchema, signal }),
  });

export const reviewById = (id: string) =>
  queryOptions({
    queryKey: [...REVIEWS_KEY, 'one', id],
    queryFn: ({ signal }) =>
      fetchJson(`${ROOT}/${encodeURIComponent(id)}`, { output: reviewDetailSchema, signal }),
  });

export const decideReview = (id: string, body: z.input<typeof decisionSchema>) =>
  fetchJson(`${ROOT}/${encodeURIComponent(id)}/decision`, { method: 'POST', body, output: decidedSchema });

export const attestMany = (body: z.input<typeof attestManySchema>) =>
  fetchJson(`${ROOT}/attest`, { method: 'POST', body, output: attestedManySchema });
