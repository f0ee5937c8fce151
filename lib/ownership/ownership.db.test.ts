import { beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { newId } from '#lib/core/ids.ts';
import { db } from '#lib/db/client.ts';
import type { ClaimState } from '#lib/db/generated/enums.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { assignOwner, disputeOwnership, handOverOwnership } from './change-owner.ts';
import { acceptClaim, acceptClaims, rejectClaim } from './decide-claim.ts';
import { getOwnershipCoverage } from './ownership-coverage.ts';
import { getOwnership, listOwnership, searchOwners } from './read-ownership.ts';
import { reopenLapsed } from './reopen-lapsed.ts';
import { ownershipDetailSchema, ownershipListSchema, type ListOwnership } from './schema.ts';

useTestDatabase();

let world: SmallWorld;
let security: Actor;
let counter = 0;
beforeAll(async () => {
  world = await SmallWorld.create();
  security = await signedIn('security');
});

const NOTHING = { personId: null, backupId: null, reason: '', expiresAt: null };
const team = async () => {
  counter += 1;
  const id = await world.node('team', `team-${counter}`, {
    key: `backstage://default/group/team-${counter}`,
  });
  return { id, owner: await signedIn('owner', [id]) };
};
const service = async () => world.node('service', `service-${++counter}`);

async function claim(nodeId: number, ownerId: number, basis = 'tag', state: ClaimState = 'suggested') {
  const id = newId('clm');
  const evidence = `tag owner=${ownerId}`;
  await db().ownershipClaim.create({
    data: { id, nodeId, ownerId, basis, evidence, confidence: 0.6, state },
  });
  return id;
}
const query = (more: Partial<ListOwnership> = {}): ListOwnership => ({
  view: 'unowned',
  q: '',
  kinds: [],
  environments: [],
  sensitivities: [],
  page: 1,
  size: 200,
  sort: { column: 'confidence', isDescending: true },
  ...more,
});
const ownerOf = async (nodeId: number) =>
  (await db().node.findUniqueOrThrow({ where: { id: nodeId } })).ownerId;
const ownsEdges = (nodeId: number) =>
  db().edge.findMany({ where: { toId: nodeId, kind: 'owns', validTo: null }, select: { fromId: true } });
const stateOf = async (id: string) => (await db().ownershipClaim.findUniqueOrThrow({ where: { id } })).state;
const audited = (action: string, key: string) =>
  db().auditEvent.count({ where: { action, subject: `node:${key}` } });

describe('deciding claims', () => {
  it('makes an accepted claim the record, in the node, the graph and the audit log, and ends the others', async () => {
    const [a, b] = [await team(), await team()];
    const node = await service();
    const [mine, other] = [await claim(node, a.id), await claim(node, b.id)];
    await acceptClaim(a.owner, mine, NOTHING);
    expect(await ownerOf(node)).toBe(a.id);
    expect(await ownsEdges(node)).toEqual([{ fromId: a.id }]);
    expect(await stateOf(other)).toBe('ended');
    const detail = ownershipDetailSchema.parse(await getOwnership(a.owner, node));
    expect(await audited('ownership.accept', detail.key)).toBe(1);
    await expect(acceptClaim(security, other, NOTHING)).rejects.toThrow('already');
  });

  it('suggests the same owner for the credential of an owned identity and for what a workload runs as', async () => {
    const a = await team();
    const node = await service();
    const key = await world.node('credential', `key-${counter}`);
    const account = await world.node('service_account', `account-${counter}`);
    await world.edge(key, 'authenticates', node);
    await world.edge(node, 'runs_as', account);
    await acceptClaim(a.owner, await claim(node, a.id), NOTHING);
    const { rows } = await listOwnership(a.owner, query({ view: 'suggested' }));
    expect(rows.map((row) => [row.nodeId, row.claims[0]?.basis])).toEqual([
      [key, 'identity'],
      [account, 'workload'],
    ]);
    expect(rows[0]?.claims[0]?.evidence).toContain('is accountable for');
  });

  it('lets one of many parallel decisions win', async () => {
    const teams = await Promise.all(Array.from({ length: 10 }, team));
    const node = await service();
    const claims = await Promise.all(teams.map(({ id }) => claim(node, id)));
    const results = await Promise.allSettled(claims.map((id) => acceptClaim(security, id, NOTHING)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await ownsEdges(node)).toHaveLength(1);
  });

  it('accepts many or none', async () => {
    const a = await team();
    const nodes = await Promise.all(Array.from({ length: 5 }, service));
    const claims = await Promise.all(nodes.map((node) => claim(node, a.id)));
    await rejectClaim(a.owner, claims[3] ?? '', 'A test of ours');
    await expect(acceptClaims(a.owner, claims, 'All ours')).rejects.toThrow('no such');
    expect(await Promise.all(nodes.map(ownerOf))).toEqual(nodes.map(() => null));
    const open = claims.filter((_, i) => i !== 3);
    expect(await acceptClaims(a.owner, open, 'All ours')).toEqual({ accepted: 4 });
  });
});

describe('changing owners', () => {
  it('keeps the owner accountable until the other side accepts a hand-over', async () => {
    const [a, b] = [await team(), await team()];
    const node = await service();
    await acceptClaim(a.owner, await claim(node, a.id), NOTHING);
    const result = await handOverOwnership(a.owner, node, { toOwnerId: b.id, reason: 'They run it' });
    expect(result).toEqual({ outcome: 'suggested', loop: [] });
    expect(await ownerOf(node)).toBe(a.id);
    const { rows } = await listOwnership(b.owner, query({ view: 'owned' }));
    const offered = rows.find((row) => row.nodeId === node)?.claims[0];
    expect(offered?.evidence).toContain('They run it');
    await acceptClaim(b.owner, offered?.id ?? '', NOTHING);
    expect(await ownerOf(node)).toBe(b.id);
    await expect(getOwnership(a.owner, node)).rejects.toThrow('no such');
  });

  it('sends what goes round to arbitration, where security settles it', async () => {
    const [a, b] = [await team(), await team()];
    const node = await service();
    const first = await claim(node, a.id);
    await handOverOwnership(a.owner, node, { toOwnerId: b.id, reason: 'Not ours' });
    expect(await stateOf(first)).toBe('rejected');
    const back = await handOverOwnership(b.owner, node, { toOwnerId: a.id, reason: 'Not ours either' });
    expect(back.outcome).toBe('arbitration');
    expect(back.loop).toHaveLength(3);
    const detail = await getOwnership(security, node);
    expect(detail.claims.map((row) => row.state)).toEqual(['disputed']);
    await expect(acceptClaim(b.owner, detail.claims[0]?.id ?? '', NOTHING)).rejects.toThrow('disputed');
    await assignOwner(security, node, { ...NOTHING, ownerId: a.id, reason: 'They built it' });
    expect(await ownerOf(node)).toBe(a.id);
  });

  it('names a person and a backup under the owner, and forgets them with it', async () => {
    const [a, b] = [await team(), await team()];
    const node = await service();
    const person = await world.node('person', 'Ada', { key: `mailto:ada-${counter}@example.test` });
    await assignOwner(security, node, { ...NOTHING, ownerId: a.id, reason: 'By hand' });
    await assignOwner(a.owner, node, { ...NOTHING, ownerId: a.id, personId: person, reason: 'On call' });
    expect((await getOwnership(a.owner, node)).person?.name).toBe('Ada');
    const elsewhere = { ...NOTHING, ownerId: b.id, reason: 'Take it' };
    await expect(assignOwner(a.owner, node, elsewhere)).rejects.toThrow('hand it over');
    await expect(
      assignOwner(security, node, {
        ...NOTHING,
        ownerId: a.id,
        personId: b.id,
        reason: 'A team is no person',
      }),
    ).rejects.toThrow('person');
    await assignOwner(security, node, elsewhere);
    expect((await getOwnership(security, node)).person).toBeNull();
  });

  it('is nobody’s again when the owner disputes it, when it runs out and when the owner is gone', async () => {
    const [a, gone] = [await team(), await team()];
    const nodes = [await service(), await service(), await service()] as const;
    for (const node of nodes) await acceptClaim(security, await claim(node, a.id), NOTHING);
    await disputeOwnership(a.owner, nodes[0], 'We never had it');
    expect(await ownerOf(nodes[0])).toBeNull();
    await db().ownershipClaim.updateMany({ where: { nodeId: nodes[1] }, data: { expiresAt: new Date(0) } });
    await assignOwner(security, nodes[2], { ...NOTHING, ownerId: gone.id, reason: 'By hand' });
    await db().node.update({ where: { id: gone.id }, data: { validTo: new Date() } });
    expect(await reopenLapsed(systemActor('system', 'Jobs'))).toEqual({ reopened: 2 });
    expect(await Promise.all(nodes.map(ownerOf))).toEqual([null, null, null]);
    expect(await ownsEdges(nodes[1])).toEqual([]);
  });
});

describe('row scope', () => {
  it('lists for each owner exactly what single reads answer, in all views together', async () => {
    const teams = await Promise.all(Array.from({ length: 4 }, team));
    for (const [i, a] of teams.entries()) {
      const node = await service();
      const id = await claim(node, a.id);
      if (i % 2 === 0) await acceptClaim(a.owner, id, NOTHING);
    }
    const nodes = await db().node.findMany({ where: { validTo: null }, select: { id: true } });
    for (const { owner } of teams) {
      const [unowned, owned] = await Promise.all(
        (['unowned', 'owned'] as const).map((view) => listOwnership(owner, query({ view }))),
      );
      const listed = [unowned, owned].flatMap((list) =>
        ownershipListSchema.parse(list).rows.map((row) => row.nodeId),
      );
      const single = await Promise.all(
        nodes.map(({ id }) =>
          getOwnership(owner, id).then(
            () => [id],
            () => [],
          ),
        ),
      );
      expect([...listed].sort()).toEqual(single.flat().sort());
      const coverage = await getOwnershipCoverage(owner);
      expect(coverage.total).toBe(listed.length);
    }
  });

  it('refuses the claims of others to an owner, and every decision to an auditor', async () => {
    const [a, b] = [await team(), await team()];
    const node = await service();
    const theirs = await claim(node, b.id);
    await expect(acceptClaim(a.owner, theirs, NOTHING)).rejects.toThrow('no such');
    await expect(handOverOwnership(a.owner, node, { toOwnerId: a.id, reason: 'Mine!' })).rejects.toThrow(
      'no such',
    );
    const auditor = await signedIn('auditor');
    await expect(acceptClaim(auditor, theirs, NOTHING)).rejects.toThrow('does not allow');
    expect((await listOwnership(auditor, query())).rows.some((row) => row.nodeId === node)).toBe(true);
  });

  it('pages, sorts and filters on the server', async () => {
    const byName = { column: 'name', isDescending: false } as const;
    const all = await listOwnership(security, query({ sort: byName }));
    const paged = await Promise.all(
      [1, 2, 3].map((page) => listOwnership(security, query({ sort: byName, page, size: 3 }))),
    );
    expect(paged.flatMap((list) => list.rows.map((row) => row.key))).toEqual(
      all.rows.slice(0, 9).map((row) => row.key),
    );
    const hostile = await listOwnership(security, query({ q: `%' OR 1=1 --` }));
    expect(hostile.total).toBe(0);
    const name = all.rows[0]?.name ?? '';
    expect((await listOwnership(security, query({ q: name.toUpperCase() }))).rows[0]?.name).toBe(name);
    expect((await searchOwners(security, { q: 'TEAM-1' })).rows.length).toBeGreaterThan(0);
  });
});
