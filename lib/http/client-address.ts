import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { env } from '#lib/env.ts';

const FORWARDED_FOR = 'x-forwarded-for';

/**
 * Appends the address of the connection to X-Forwarded-For, as a proxy does, before Next sees the request. What a
 * client wrote there itself then stands further left than TRUSTED_PROXIES reaches, and is not believed.
 */
export function stampPeerAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>): void {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const before = request.headers[FORWARDED_FOR];
  const said = env().TRUSTED_PROXIES > 0 && before !== undefined ? `${String(before)}, ` : '';
  request.headers[FORWARDED_FOR] = said + peer;
}

/**
 * The client's address as far as it is believed: the entry of X-Forwarded-For that lies TRUSTED_PROXIES hops left of
 * the connection's own. Null when that is not an IP address.
 */
export function clientAddress(headers: Headers): string | null {
  const hops = headers.get(FORWARDED_FOR)?.split(',') ?? [];
  const entry = (hops.at(-1 - env().TRUSTED_PROXIES) ?? hops[0])?.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  return entry !== undefined && isIP(entry) !== 0 ? entry : null;
}
