import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { count, importText, liveState, ndjson } from './testing.ts';

useTestDatabase();

const HEADER = { source: 'shop', scopes: [{ scope: 'shop', complete: true }], asOf: '2026-01-01T00:00:00Z' };
const svc = (name: string, extra: object = {}) => ({
  node: { key: `svc:${name}`, kind: 'service', name, ...extra },
  scope: 'shop',
});
const db = (name: string) => ({
  node: { key: `db:${name}`, kind: 'resource', type: 'datastore', tenant: 'acme' },
  scope: 'shop',
});
const grant = (from: string, to: string, level: string, extra: object = {}) => ({
  edge: { from: `svc:${from}`, kind: 'grants', to: `db:${to}`, level, ...extra },
  scope: 'shop',
});

describe('importing a snapshot', () => {
  it('adds, then finds everything known, then changes and ends what a complete scope no longer has', async () => {
    const first = await importText(
      ndjson(HEADER, svc('a'), svc('b'), db('x'), grant('a', 'x', 'read'), grant('b', 'x', 'write')),
    );
    expect(first).toMatchObject({ state: 'done', records: 6, accepted: 6, duplicate: 0, rejected: 0, source: 'shop' });
    expect(first.nodes).toEqual({ added: 3, changed: 0, ended: 0 });
    expect(first.edges).toEqual({ added: 2, changed: 0, ended: 0 });
    const before = await liveState();

    const again = await importText(
      ndjson(HEADER, svc('a'), svc('b'), db('x'), grant('a', 'x', 'read'), grant('b', 'x', 'write')),
    );
    expect(again).toMatchObject({ state: 'unchanged', records: 6, accepted: 0, duplicate: 6, rejected: 0 });
    expect(again.nodes).toEqual({ added: 0, changed: 0, ended: 0 });
    expect(await liveState()).toEqual(before);

    const later = await importText(
      ndjson({ ...HEADER, asOf: '2026-02-01T00:00:00Z' }, svc('a', { purpose: 'sells' }), db('x'), grant('a', 'x', 'admin')),
    );
    expect(later.state).toBe('done');
    expect(later.nodes).toEqual({ added: 0, changed: 1, ended: 1 });
    expect(later.edges).toEqual({ added: 0, changed: 1, ended: 1 });
    expect(await count('node WHERE valid_to IS NOT NULL')).toBe(1);
    expect(await count(`edge WHERE valid_to = '2026-02-01T00:00:00Z'`)).toBe(2);
  });
});
