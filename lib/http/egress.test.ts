import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { exportToEnvironment } from '#lib/env.ts';
import { guardedFetch, type Resolver } from './egress.ts';
import { isPublicAddress } from './public-address.ts';

let hits = 0;
const open: (() => Promise<unknown>)[] = [];

/** A server on the loopback that counts who gets through; returns its port. */
async function trap(listener: RequestListener): Promise<number> {
  const server = createServer((request, response) => {
    hits++;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const ok: RequestListener = (_request, response) => response.end('reached');
const to =
  (...addresses: string[]): Resolver =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

afterEach(async () => {
  hits = 0;
  exportToEnvironment({ EGRESS_ALLOW: '' });
  for (const close of open.splice(0)) await close();
});

/** Ways to write an address that is not public, as a host of an address. */
const SPELLINGS = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0x0.0x0.0x1',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
  ],
  ...[
    '0177.1',
    '127.0.0.1.',
    '127.000.000.001',
    '127.255.255.254',
    '0',
    '0.0.0.0',
    '00',
    '0x0',
    '0.0',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
  ],
  ...[
    '１２７.0.0.1',
    '%31%32%37.0.0.1',
    '10.0.0.1',
    '10.1',
    '0x0a000001',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.1',
  ],
  ...[
    '3232235521',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '100.64.0.1',
    '198.18.0.1',
    '192.0.0.1',
  ],
  ...[
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
  ],
  ...[
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
  ],
  ...[
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
  ],
  ...['[fec0::1]', '[5f00::1]', '[3fff::1]'],
];

describe('guardedFetch', () => {
  it('reaches nothing private, however it is spelled', async () => {
    const port = await trap(ok);
    expect(new Set(SPELLINGS).size).toBeGreaterThanOrEqual(60);
    for (const host of SPELLINGS)
      await expect(guardedFetch(`http://${host}:${port}/`), host).rejects.toMatchObject({
        code: 'invalid_input',
      });
    for (const host of ['localhost', 'LOCALHOST', 'localhost.'])
      await expect(guardedFetch(`http://${host}:${port}/`), host).rejects.toMatchObject({ name: 'AppError' });
    expect(hits).toBe(0);
  });

  it('reaches no name that has a private address, also among public ones', async () => {
    const port = await trap(ok);
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '127.0.0.1'],
      ['2606:4700::1111', '::1'],
      ['::ffff:10.0.0.1'],
      [],
    ])
      await expect(guardedFetch(`http://name.example:${port}/`, {}, to(...addresses))).rejects.toMatchObject({
        code: 'invalid_input',
      });
    expect(hits).toBe(0);
  });

  it('connects to the address that was checked when the name changes its mind', async () => {
    const port = await trap(ok);
    let asked = 0;
    const rebinding: Resolver = () =>
      Promise.resolve([{ address: asked++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }]);
    exportToEnvironment({ EGRESS_ALLOW: 'name.example' });
    await expect(
      guardedFetch(`http://name.example:${port}/`, { timeoutMs: 300 }, rebinding),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect([asked, hits]).toEqual([1, 0]);
  });

  it.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'gopher://x/',
    'data:,x',
    'http://user:pw@example.org/',
    'http://',
    '//x',
    'x',
    '',
  ])('refuses %j', async (address) => {
    await expect(guardedFetch(address, {}, to('8.8.8.8'))).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('reaches a private host that is allowed, on the port that is allowed', async () => {
    const port = await trap((request, response) =>
      response.writeHead(201, { 'x-seen': request.method }).end('made'),
    );
    exportToEnvironment({ EGRESS_ALLOW: ` 127.0.0.1:${port} ` });
    const answer = await guardedFetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('x-seen'), await answer.text()]).toEqual([201, 'POST', 'made']);
    await expect(guardedFetch(`http://127.0.0.1:${port + 1}/`)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('does not follow redirects', async () => {
    const inner = await trap(ok);
    const outer = await trap((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inner}/` }).end(),
    );
    exportToEnvironment({ EGRESS_ALLOW: `127.0.0.1:${outer}` });
    const answer = await guardedFetch(`http://127.0.0.1:${outer}/`);
    expect([answer.status, hits]).toEqual([302, 1]);
  });

  it('gives up on an answer without end, a slow one, silence, and huge headers', async () => {
    const listeners: RequestListener[] = [
      (_request, response) => void setInterval(() => response.write('x'.repeat(1 << 18)), 1).unref(),
      (_request, response) => void setInterval(() => response.write('x'), 50).unref(),
      () => undefined,
      (_request, response) => response.writeHead(200, { 'x-huge': 'x'.repeat(64 << 10) }).end(),
    ];
    for (const listener of listeners) {
      const port = await trap(listener);
      exportToEnvironment({ EGRESS_ALLOW: '127.0.0.1' });
      await expect(guardedFetch(`http://127.0.0.1:${port}/`, { timeoutMs: 400 })).rejects.toMatchObject({
        code: 'unavailable',
      });
    }
  });
});

describe('isPublicAddress', () => {
  it('takes public addresses only', () => {
    for (const address of [
      '8.8.8.8',
      '1.1.1.1',
      '172.32.0.1',
      '100.128.0.1',
      '2606:4700:4700::1111',
      '2a00:1450::1',
    ])
      expect(isPublicAddress(address), address).toBe(true);
    for (const address of ['', 'x', '127.1', '1.1.1.1%eth0', '::ffff:8.8.8.8', 'fe80::1%eth0'])
      expect(isPublicAddress(address), address).toBe(false);
  });
});
