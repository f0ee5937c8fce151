import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  campaignDetailSchema,
  campaignListSchema,
  createdCampaignSchema,
  launchedSchema,
  previewSchema,
  type CampaignFilter,
  type createCampaignSchema,
} from '#lib/campaigns/schema.ts';
import { fetchJson } from './fetch-json.ts';

/** Every key of this file begins with it: after a change all of them are asked anew. */
export const CAMPAIGNS_KEY = ['campaigns'] as const;
const ROOT = '/api/v1/campaigns';
const at = (id: string, verb = '') => `${ROOT}/${encodeURIComponent(id)}${verb}`;

export const campaignList = (query: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'list', query],
    queryFn: ({ signal }) => fetchJson(`${ROOT}?${query}`, { output: campaignListSchema, signal }),
  });

export const campaignById = (id: string) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'one', id],
    queryFn: ({ signal }) => fetchJson(at(id), { output: campaignDetailSchema, signal }),
  });

export const campaignPreview = (filter: CampaignFilter) =>
  queryOptions({
    queryKey: [...CAMPAIGNS_KEY, 'preview', filter],
    queryFn: ({ signal }) =>
      fetchJson(`${ROOT}/preview`, { method: 'POST', body: filter, output: previewSchema, signal }),
  });

export const createCampaign = (body: z.input<typeof createCampaignSchema>) =>
  fetchJson(ROOT, { method: 'POST', body, output: createdCampaignSchema });

export const launchCampaign = (id: string) =>
  fetchJson(at(id, '/launch'), { method: 'POST', body: {}, output: launchedSchema });

export const closeCampaign = (id: string) =>
  fetchJson(at(id, '/close'), { method: 'POST', body: {}, output: campaignDetailSchema });

export const cancelCampaign = (id: string, reason: string) =>
  fetchJson(at(id, '/cancel'), { method: 'POST', body: { reason }, output: campaignDetailSchema });
