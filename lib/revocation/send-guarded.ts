import { guardedFetch } from '#lib/http/egress.ts';
import type { SendOrder } from './deliver-revocation.ts';

/** Shorter than the pause after the first attempt, so that an attempt has ended before the next one is due. */
const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 64 << 10;

/** Sends an order through the egress guard. What the receiver says beside the status is not kept. */
export const sendGuarded: SendOrder = async ({ url, headers, body }) => {
  const request = { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, answerBytesMax: ANSWER_BYTES_MAX };
  const { status } = await guardedFetch(url, request);
  return { status };
};
