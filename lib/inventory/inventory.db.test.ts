import { beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { importText, ndjson } from '#lib/ingest/testing.ts';
import { nodeCard } from './card-schema.ts';
import { describeNode, keyOfNode } from './describe-node.ts';
import { listFacets } from './list-facets.ts';
import { listNodes } from './list-nodes.ts';
import { listPermissions } from './list-permissions.ts';
import { listNodesQuery, listPermissionsQuery, nodePage, permissionPage } from './schema.ts';

useTestDatabase();

const admin = systemActor('cli', 'Command line');
const nodes = async (query: object, actor: Actor = admin) =>
  nodePage.parse(await listNodes(actor, listNodesQuery.parse(query)));
const permissions = async (query: object, actor: Actor = admin) =>
  permissionPage.parse(await listPermissions(actor, listPermissionsQuery.parse(query)));

const HOSTILE = 'svc://a/b:c%2F__proto__/😀';
const node = (key: string, kind: string, extra: object = {}) => ({
  node: { key, kind, ...extra },
  scope: 'shop',
});
const edge = (from: string, kind: string, to: string, extra: object = {}) => ({
  edge: { from, kind, to, ...extra },
  scope: 'shop',
});
const event = (id: string, actor: string, target: string, level: string, extra: object = {}) => ({
  event: {
    ...{ id, actor, target, level, time: '2026-11-01T10:00:00Z' },
    ...{ action: 'db:Query', outcome: 'allowed' },
    ...extra,
  },
});

beforeAll(async () => {
  await importText(
    ndjson(
      { source: 'shop', scopes: [{ scope: 'shop', complete: true }], asOf: '2026-11-02T00:00:00Z' },
      node('team:shop', 'team'),
      node(HOSTILE, 'agent', { name: 'Hostile 50%_\\', environment: 'production', purpose: 'tries' }),
      node('svc://a/quiet', 'agent', { environment: 'staging' }),
      node('elsewhere:role', 'role', { tenant: 'unwatched' }),
      node('db://x/orders', 'resource', { type: 'datastore', sensitivity: 'restricted' }),
      node('db://x/customers', 'resource', { type: 'datastore' }),
      node('bucket://x/files', 'resource', { type: 'bucket' }),
      node('key://v/1', 'credential', {
        type: 'api_key',
        expiresAt: '2026-11-02T01:00:00Z',
        createdAt: '2026-11-02T00:00:00Z',
      }),
      node('key://v/2', 'credential', { type: 'api_key' }),
      edge(HOSTILE, 'grants', 'db://x/orders', { level: 'read' }),
      edge(HOSTILE, 'grants', 'db://x/customers', { level: 'read' }),
      edge(HOSTILE, 'grants', 'bucket://x/files', { level: 'read', conditional: true }),
      edge('key://v/2', 'authenticates', HOSTILE),
      edge(HOSTILE, 'holds', 'key://v/2'),
      { window: { scope: 'shop', from: '2026-08-01T00:00:00Z', to: '2026-11-02T00:00:00Z' } },
      event('e1', HOSTILE, 'db://x/orders', 'read', { credential: 'key://v/2' }),
      event('e2', HOSTILE, 'db://x/orders', 'read'),
    ),
  );
});

describe('the lists', () => {
  it('find a node by any part of a key with colons, slashes, percent signs and wildcards in it', async () => {
    for (const q of ['b:c%2F', '__proto__', '😀', '50%_\\']) {
      expect((await nodes({ q })).rows.map((row) => row.key)).toEqual([HOSTILE]);
    }
    expect((await nodes({ q: 'b_c' })).total).toBe(0);
  });

  it('page, sort both ways and count the same rows', async () => {
    const all = await nodes({ group: 'resources', sort: '-name' });
    expect(all.total).toBe(3);
    const names = all.rows.map((row) => row.name);
    expect(names).toEqual([...names].sort().reverse());
    const second = await nodes({ group: 'resources', size: '25', page: '2' });
    expect(second).toMatchObject({ total: 3, rows: [] });
  });

  it('tell used from not used, and not used from unobservable', async () => {
    const use = async (query: object) => new Map((await nodes(query)).rows.map((row) => [row.key, row.use]));
    const identities = await use({ group: 'identities' });
    expect(identities.get(HOSTILE)).toBe('used');
    expect(identities.get('svc://a/quiet')).toBe('unused');
    expect(identities.get('elsewhere:role')).toBe('unobservable');
    expect((await nodes({ use: 'unused' })).rows.map((row) => row.key)).toEqual(['svc://a/quiet']);
  });

  it('tell the same of permissions: a store whose kind no log ever showed is unobservable', async () => {
    const rows = (await permissions({ from: HOSTILE, kind: 'grants' })).rows;
    const use = new Map(rows.map((row) => [row.to.key, row.use]));
    expect(use.get('db://x/orders')).toBe('used');
    expect(use.get('db://x/customers')).toBe('unused');
    expect(use.get('bucket://x/files')).toBe('unobservable');
    expect((await permissions({ condition: 'conditional' })).rows.map((row) => row.to.key)).toEqual([
      'bucket://x/files',
    ]);
    expect((await permissions({ from: 'nobody knows this key' })).total).toBe(0);
  });

  it('tell short-lived credentials from standing ones', async () => {
    const rows = (await nodes({ group: 'credentials' })).rows;
    expect(new Map(rows.map((row) => [row.key, row.lifetime]))).toEqual(
      new Map([
        ['key://v/1', 'short'],
        ['key://v/2', 'standing'],
      ]),
    );
    expect((await nodes({ group: 'credentials', lifetime: 'standing' })).total).toBe(1);
  });

  it('offer filters with counts', async () => {
    const facets = await listFacets(admin, 'resources');
    expect(facets.type).toEqual([
      { value: 'datastore', count: 2 },
      { value: 'bucket', count: 1 },
    ]);
  });
});

describe('the card', () => {
  it('holds everything of a node with a hostile key, in the shape that the browser expects', async () => {
    const card = nodeCard.parse(await describeNode(admin, HOSTILE));
    expect(card.node).toMatchObject({ key: HOSTILE, purpose: 'tries', use: 'used' });
    expect(card.questions.map((one) => one.question)).toEqual([
      'bound_to',
      'short_lived',
      'run_time',
      'revocable',
    ]);
    expect(card.credentials).toMatchObject([{ key: 'key://v/2', relation: 'proves', lifetime: 'standing' }]);
    expect(card.uses.map((use) => [use.target?.key, use.allowed])).toEqual([
      ['db://x/orders', 1],
      ['db://x/orders', 1],
    ]);
    expect(card.provenance).toMatchObject([{ source: 'shop', scope: 'shop', standing: 'inventory' }]);
    expect(card.history.length).toBeGreaterThan(0);
  });

  it('of a store names who calls it', async () => {
    const card = await describeNode(admin, 'db://x/orders');
    expect(card.callers.map((use) => use.actor.key)).toEqual([HOSTILE, HOSTILE]);
    expect(card.questions).toEqual([]);
  });

  it('is reached by number too', async () => {
    const { id } = await db().node.findUniqueOrThrow({ where: { key: HOSTILE } });
    expect(await keyOfNode(admin, id)).toBe(HOSTILE);
    await expect(keyOfNode(admin, 2 ** 40)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an owner', () => {
  it('sees what their team owns; everything else answers like what does not exist', async () => {
    const team = await db().node.findUniqueOrThrow({ where: { key: 'team:shop' } });
    const owner: Actor = {
      ...admin,
      kind: 'user',
      role: 'owner',
      scope: { kind: 'owned', ownerIds: [team.id] },
    };
    expect((await nodes({}, owner)).total).toBe(0);
    expect((await permissions({}, owner)).total).toBe(0);
    const refused = await describeNode(owner, HOSTILE).catch((error: unknown) => error);
    const missing = await describeNode(owner, 'there is none').catch((error: unknown) => error);
    expect(refused).toEqual(missing);
    await db().node.update({ where: { key: HOSTILE }, data: { ownerId: team.id } });
    expect((await nodes({}, owner)).rows.map((row) => row.key)).toEqual([HOSTILE]);
    expect((await permissions({ kind: 'grants' }, owner)).total).toBe(3);
    expect((await describeNode(owner, HOSTILE)).owner.team?.key).toBe('team:shop');
    await expect(describeNode(owner, 'db://x/orders')).rejects.toMatchObject({ code: 'not_found' });
  });
});
