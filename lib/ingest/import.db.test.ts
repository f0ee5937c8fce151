import { describe, expect, it } from 'vitest';
import { db as orm } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { cancelRun } from './cancel-run.ts';
import { confirmRun } from './confirm-run.ts';
import { actor, count, database, event, grant, importText, liveState, ndjson, service } from './testing.ts';
import { undoRun } from './undo-run.ts';

useTestDatabase();

const header = (source: string, asOf = '2026-01-01T00:00:00Z') => ({
  source,
  scopes: [{ scope: 'shop', complete: true }],
  asOf,
});

describe('a snapshot of a complete scope', () => {
  const lines = [
    service('a'),
    service('b'),
    database('x'),
    grant('a', 'x', 'read'),
    grant('b', 'x', 'write'),
  ];

  it('adds, finds everything known the second time, then changes and ends', async () => {
    const first = await importText(ndjson(header('shop'), ...lines));
    expect(first).toMatchObject({ state: 'done', records: 6, accepted: 6, duplicate: 0, rejected: 0 });
    expect(first.nodes).toEqual({ added: 3, changed: 0, ended: 0 });
    expect(first.edges).toEqual({ added: 2, changed: 0, ended: 0 });
    const before = await liveState();

    const again = await importText(ndjson(header('shop'), ...lines));
    expect(again).toMatchObject({ state: 'unchanged', records: 6, accepted: 0, duplicate: 6, rejected: 0 });
    expect(await liveState()).toEqual(before);

    const later = await importText(
      ndjson(
        header('shop', '2026-02-01T00:00:00Z'),
        service('a', { purpose: 'sells' }),
        database('x'),
        grant('a', 'x', 'admin'),
      ),
    );
    expect(later.nodes).toEqual({ added: 0, changed: 1, ended: 1 });
    expect(later.edges).toEqual({ added: 0, changed: 1, ended: 1 });
    expect(await count(`edge WHERE valid_to = '2026-02-01T00:00:00Z'`)).toBe(2);

    const undone = await undoRun(actor, later.run, 'imported by mistake');
    expect(undone.state).toBe('undone');
    expect(await liveState()).toEqual(before);
    await expect(undoRun(actor, later.run, 'again')).rejects.toThrow('only once');
  });

  it('raises the graph version and leaves an audit row for what takes effect only', async () => {
    const version = async () => (await orm().setting.findUniqueOrThrow({ where: { name: 'graph' } })).value;
    const before = await version();
    const rows = await count('audit_event');
    await importText(ndjson(header('versions'), service('v')), { dryRun: true });
    expect(await version()).toEqual(before);
    expect(await count('audit_event')).toBe(rows);
    await importText(ndjson(header('versions'), service('v')));
    expect(await version()).not.toEqual(before);
    expect(await count('audit_event')).toBe(rows + 1);
  });

  it('ends nothing when a record of it could not be read, and says so', async () => {
    await importText(ndjson(header('careful'), service('k1'), service('k2')));
    const partial = await importText(
      ndjson(header('careful'), service('k1'), { node: { key: 'k2', kind: 'robot' } }),
    );
    expect(partial).toMatchObject({ state: 'unchanged', rejected: 1 });
    expect(partial.nodes.ended).toBe(0);
    expect(partial.rejections[0]?.reason).toContain('line 3');
  });

  it('does not let an older snapshot change what is known since', async () => {
    await importText(
      ndjson(header('late', '2026-03-01T00:00:00Z'), service('l1', { purpose: 'new' }), service('l2')),
    );
    const before = await liveState();
    const old = await importText(
      ndjson(header('late', '2026-01-01T00:00:00Z'), service('l1', { purpose: 'old' })),
    );
    expect(old.nodes).toEqual({ added: 0, changed: 0, ended: 0 });
    expect(await liveState()).toEqual(before);
  });
});

describe('undo', () => {
  it('of an earlier run keeps what a later one stated', async () => {
    const at = (month: number) => header('history', `2026-0${month}-01T00:00:00Z`);
    await importText(ndjson(at(1), service('h', { purpose: 'one' })));
    const second = await importText(ndjson(at(2), service('h', { purpose: 'two' })));
    await importText(ndjson(at(3), service('h', { purpose: 'three' })));
    await undoRun(actor, second.run, 'wrong file');
    const { id: sourceId } = await orm().source.findUniqueOrThrow({ where: { name: 'history' } });
    const facts = await orm().nodeFact.findMany({ where: { sourceId }, orderBy: { id: 'asc' } });
    expect(facts.map((fact) => [fact.validFrom.getUTCMonth(), fact.validTo?.getUTCMonth() ?? null])).toEqual([
      [0, 2],
      [2, null],
    ]);
  });

  it('takes events out of the log, the sums and the marks', async () => {
    await importText(ndjson(header('used'), service('u'), database('y'), grant('u', 'y', 'write')));
    const kept = await importText(
      ndjson({ source: 'log' }, service('u'), database('y'), event('e1', 'u', 'y', '2026-01-02T10:00:00Z')),
    );
    const before = await liveState();
    expect(before.find((line) => line.includes('svc:u grants'))).toContain(' 1 2026-01-02');
    const extra = await importText(
      ndjson(
        { source: 'log' },
        service('u'),
        database('y'),
        event('e2', 'u', 'y', '2026-01-02T11:00:00Z'),
        event('e3', 'u', 'y', '2026-02-02T11:00:00Z'),
      ),
    );
    expect(extra.events).toBe(2);
    expect((await liveState()).find((line) => line.includes('svc:u grants'))).toContain(' 3 2026-01-02');
    await undoRun(actor, extra.run, 'test');
    expect(await liveState()).toEqual(before);
    await undoRun(actor, kept.run, 'test');
    expect(await count(`usage_day u JOIN node n ON n.id = u.actor_id WHERE n.key = 'svc:u'`)).toBe(0);
  });
});

describe('a dry run', () => {
  it('tells what would happen, changes nothing, and can then be made to happen', async () => {
    const before = await liveState();
    const dry = await importText(ndjson(header('dry'), service('d1'), service('d2')), { dryRun: true });
    expect(dry).toMatchObject({ state: 'done', dryRun: true, accepted: 3 });
    expect(dry.nodes.added).toBe(2);
    expect(await liveState()).toEqual(before);
    const real = await confirmRun(actor, dry.run);
    expect(real).toMatchObject({ state: 'done', dryRun: false, accepted: 3 });
    expect(await liveState()).toHaveLength(before.length + 2);
    await expect(confirmRun(actor, dry.run)).rejects.toThrow('does not wait');
    const { id } = await orm().run.findUniqueOrThrow({ where: { publicId: dry.run } });
    expect(await count(`pg_class WHERE relname = 'node_${id}'`)).toBe(0);
  });
});

describe('the shrink guard', () => {
  it('holds a run that would end more than a fifth until a person says yes', async () => {
    const all = Array.from({ length: 60 }, (_, i) => service(`g${i}`));
    await importText(ndjson(header('guarded'), ...all));
    const before = await liveState();
    const small = ndjson(header('guarded'), ...all.slice(0, 20));
    const held = await importText(small);
    expect(held.state).toBe('needs_confirmation');
    expect(held.message).toContain('40 of the 60');
    expect(await liveState()).toEqual(before);
    expect((await cancelRun(actor, held.run)).state).toBe('cancelled');
    await expect(confirmRun(actor, held.run)).rejects.toThrow('does not wait');

    const heldAgain = await importText(small);
    const confirmed = await confirmRun(actor, heldAgain.run);
    expect(confirmed.state).toBe('done');
    expect(confirmed.nodes.ended).toBe(40);
  });
});

describe('usage events', () => {
  it('are counted once however often and in whatever order they come; another content under the same id is refused', async () => {
    const lines = [
      service('o'),
      database('z'),
      event('o1', 'o', 'z', '2026-01-05T10:00:00Z'),
      event('o2', 'o', 'z', '2026-01-05T11:00:00Z'),
    ];
    const first = await importText(ndjson({ source: 'once' }, ...lines));
    expect(first.events).toBe(2);
    const again = await importText(
      ndjson({ source: 'once' }, ...[...lines].reverse(), event('o2', 'o', 'z', '2026-01-05T11:00:00Z')),
    );
    expect(again).toMatchObject({ state: 'unchanged', accepted: 0, events: 0 });
    const forged = await importText(
      ndjson({ source: 'once' }, service('o'), database('z'), {
        event: { ...event('o2', 'o', 'z', '2026-01-05T11:00:00Z').event, outcome: 'denied' },
      }),
    );
    expect(forged).toMatchObject({ rejected: 1, events: 0 });
    expect(forged.rejections[0]?.reason).toContain('same id');
  });

  it('mark the grants that they exercised, whether inventory or logs came first, patterns and policies included', async () => {
    const inventory = (name: string) =>
      ndjson(
        header(`inv-${name}`),
        service(name),
        { node: { key: `policy:${name}`, kind: 'policy' }, scope: 'shop' },
        database(`${name}-1`),
        { edge: { from: `svc:${name}`, kind: 'attached', to: `policy:${name}` }, scope: 'shop' },
        { node: { key: `all:${name}`, kind: 'resource', tenant: 'acme' }, scope: 'shop' },
        {
          edge: {
            from: `policy:${name}`,
            kind: 'grants',
            to: `all:${name}`,
            level: 'write',
            pattern: { tenant: 'acme', glob: `db:${name}-*` },
          },
          scope: 'shop',
        },
      );
    const log = (name: string) =>
      ndjson(
        { source: `log-${name}` },
        service(name),
        database(`${name}-1`),
        event(`${name}1`, name, `${name}-1`, '2026-01-07T00:00:00Z'),
      );
    await importText(inventory('pa'));
    await importText(log('pa'));
    await importText(log('pb'));
    await importText(inventory('pb'));
    const lines = async (name: string) =>
      (await liveState())
        .filter((line) => line.startsWith('edge') && line.includes(`:${name}`))
        .map((line) => line.replaceAll(name, 'NAME'));
    expect(await lines('pb')).toEqual(await lines('pa'));
    expect((await lines('pa')).filter((line) => / 1 2026-01-07/.test(line))).toHaveLength(4);
  });
});

describe('aliases', () => {
  it('make two nodes one, whichever was known first', async () => {
    const stated = [
      ndjson(
        { source: 'al-1' },
        service('old'),
        database('al'),
        grant('old', 'al', 'read'),
        event('al1', 'old', 'al', '2026-01-08T00:00:00Z'),
      ),
      ndjson({ source: 'al-2' }, service('new'), { alias: { alias: 'svc:old', key: 'svc:new' } }),
    ];
    for (const text of stated) await importText(text);
    const merged = (await liveState()).filter((line) => line.includes('svc:old') || line.includes('svc:new'));
    expect(merged.filter((line) => line.includes('svc:old'))).toEqual([]);
    expect(merged.some((line) => line.startsWith('edge svc:new grants db:al'))).toBe(true);
    expect(merged.some((line) => line.startsWith('usage') && line.includes('svc:new'))).toBe(true);
    for (const text of stated) expect((await importText(text)).state).toBe('unchanged');
  });
});

describe('ownership claims', () => {
  const claim = (owner: string) => ({
    claim: {
      owner: `team:${owner}`,
      node: 'svc:owned',
      basis: 'register',
      evidence: 'row 1',
      confidence: 0.9,
    },
    scope: 'shop',
  });
  const team = (name: string) => ({ node: { key: `team:${name}`, kind: 'team', name }, scope: 'shop' });

  it('are suggested, and accepted at once only from the organisation’s own record', async () => {
    await importText(ndjson(header('claims'), service('owned'), team('red'), claim('red')));
    expect((await liveState()).filter((line) => line.startsWith('claim svc:owned'))).toEqual([
      'claim svc:owned team:red register suggested',
    ]);
    await orm().source.update({ where: { name: 'claims' }, data: { ownershipAuthoritative: true } });
    await importText(
      ndjson(
        header('claims', '2026-02-01T00:00:00Z'),
        service('owned'),
        team('blue'),
        team('red'),
        claim('blue'),
      ),
    );
    expect((await liveState()).filter((line) => line.startsWith('claim svc:owned'))).toEqual([
      'claim svc:owned team:blue register accepted',
    ]);
    const node = await orm().node.findUniqueOrThrow({ where: { key: 'svc:owned' } });
    expect(node.ownerId).toBe((await orm().node.findUniqueOrThrow({ where: { key: 'team:blue' } })).id);
  });
});
