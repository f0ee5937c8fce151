import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { exportToEnvironment } from '#lib/env.ts';
import { clientAddress, stampPeerAddress } from './client-address.ts';

/** The address that is believed of a request from `peer` that says `forwarded`, behind so many proxies. */
function believed(proxies: number, peer: string | undefined, forwarded?: string): string | null {
  exportToEnvironment({ TRUSTED_PROXIES: String(proxies) });
  const headers: IncomingHttpHeaders = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  stampPeerAddress({ headers, socket: { remoteAddress: peer } as never });
  return clientAddress(new Headers({ 'x-forwarded-for': String(headers['x-forwarded-for']) }));
}

afterEach(() => exportToEnvironment({ TRUSTED_PROXIES: '0' }));

describe('clientAddress', () => {
  it('is the connection’s own without proxies, whatever the client wrote', () => {
    expect(believed(0, '192.0.2.1')).toBe('192.0.2.1');
    expect(believed(0, '192.0.2.1', '10.0.0.1, 203.0.113.9')).toBe('192.0.2.1');
    expect(believed(0, '::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(believed(0, undefined, '203.0.113.9')).toBeNull();
  });

  it('is what the outermost trusted proxy saw, whatever the client wrote before it', () => {
    expect(believed(1, '10.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
    expect(believed(1, '10.0.0.1', 'forged, 198.51.100.7, 203.0.113.9')).toBe('203.0.113.9');
    expect(believed(2, '10.0.0.1', '198.51.100.7, 203.0.113.9, 10.0.0.2')).toBe('203.0.113.9');
    expect(believed(1, '10.0.0.1', 'no address')).toBeNull();
    expect(believed(1, '10.0.0.1')).toBe('10.0.0.1');
  });
});
