import { queryOptions } from '@tanstack/react-query';
import { evidenceKeySchema, verificationSchema, type VerificationView } from '#lib/evidence/schema.ts';
import { ApiProblem, fetchJson } from './fetch-json.ts';

export const evidenceKey = () =>
  queryOptions({
    queryKey: ['evidence', 'key'],
    queryFn: ({ signal }) => fetchJson('/api/v1/evidence/key', { output: evidenceKeySchema, signal }),
    staleTime: Infinity,
  });

export const bundleAddress = (campaignId: string): string =>
  `/api/v1/evidence/campaigns/${encodeURIComponent(campaignId)}/bundle`;
export const csvAddress = (campaignId: string): string =>
  `/api/v1/evidence/campaigns/${encodeURIComponent(campaignId)}/csv`;

/** Sends the file as it is: its bytes are what is checked. @throws {ApiProblem} */
export async function verifyFile(file: File): Promise<VerificationView> {
  const response = await fetch('/api/v1/evidence/verify', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream', 'x-bailiwick': '1' },
    body: file,
  });
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = verificationSchema.safeParse(body);
  if (response.ok && parsed.success) return parsed.data;
  const detail: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'detail') : undefined;
  throw new ApiProblem({
    status: response.status,
    code: 'internal',
    title: 'The file could not be checked',
    detail: typeof detail === 'string' ? detail : 'Try again, or check it with the command line.',
  });
}
