import { createHmac } from 'node:crypto';

export type SignedOrder = { url: string; headers: Record<string, string>; body: string };

/**
 * The headers of a revocation order, after the Standard Webhooks specification: `webhook-signature` is `v1,` and the
 * base64 of HMAC-SHA-256 over `ID.TIMESTAMP.BODY`. The id stays the same over all attempts and is the idempotency key;
 * `bailiwick-attempt` grows with each, so that a receiver can refuse an order that is older than one it has seen.
 */
export function signOrder(
  order: { id: string; attempt: number; url: string; body: string },
  secret: string,
  now: Date,
): SignedOrder {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const mac = createHmac('sha256', webhookKey(secret)).update(`${order.id}.${timestamp}.${order.body}`);
  return {
    url: order.url,
    body: order.body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': order.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${mac.digest('base64')}`,
      'idempotency-key': order.id,
      'bailiwick-attempt': String(order.attempt),
    },
  };
}

/** A signing secret is shown as `whsec_` and the base64 of the key. */
export const webhookKey = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
