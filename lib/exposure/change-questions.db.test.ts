import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/authz/actor.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { compareDates } from './compare-dates.ts';
import { cutPlanQuery, minimumCutQuery, whatIfBody } from './cut-schema.ts';
import { closeEngine } from './engine.ts';
import { compareQuery, exposureQuery, rankQuery } from './estate-schema.ts';
import { planRevocations } from './plan-revocations.ts';
import { protectTargets } from './protect-targets.ts';
import { listExposure, rankIdentities } from './rank-identities.ts';
import { raiseGraphVersion } from './test-graph.ts';
import { askWhatIf } from './what-if.ts';

useTestDatabase();
afterAll(closeEngine);

let security: Actor;
let owner: Actor;
const ids = new Map<string, number>();
const idOf = (name: string) => ids.get(name) ?? -1;
const keyOf = (name: string) => `test://${name}`;

/**
 * bot → deploy → admin → ledger (a crown jewel), and bot → report → ledger; deploy also reaches two stores. The way by
 * `report` is used, the one by `deploy` is not. `other` belongs to another team and reaches nothing of this.
 */
beforeAll(async () => {
  const world = await SmallWorld.create();
  const team = await world.node('team', 'payments', { key: keyOf('payments') });
  security = await signedIn('security');
  owner = await signedIn('owner', [team]);
  const node = async (kind: Parameters<SmallWorld['node']>[0], name: string, more = {}) =>
    ids.set(name, await world.node(kind, name, { key: keyOf(name), ...more }));
  await node('service', 'bot', { ownerId: team });
  await node('role', 'deploy');
  await node('role', 'admin');
  await node('role', 'report');
  await node('service', 'other');
  await node('resource', 'ledger', { sensitivity: 'crown_jewel', ownerId: team });
  await node('resource', 'vault', { sensitivity: 'crown_jewel' });
  await node('resource', 'store', { sensitivity: 'internal' });
  const edge = async (from: string, kind: Parameters<SmallWorld['edge']>[1], to: string, more = {}) =>
    ids.set(`${from}-${to}`, await world.edge(idOf(from), kind, idOf(to), more));
  const used = { lastExercised: new Date('2026-05-01T00:00:00Z'), exercisedCount: 9n };
  await edge('bot', 'assumes', 'deploy');
  await edge('deploy', 'assumes', 'admin');
  await edge('admin', 'grants', 'ledger', { level: 'admin' });
  await edge('deploy', 'grants', 'store', { level: 'read' });
  await edge('bot', 'assumes', 'report', used);
  await edge('report', 'grants', 'ledger', { level: 'read', ...used });
  const may = { validFrom: new Date('2026-04-01T00:00:00Z') };
  await edge('other', 'grants', 'vault', { level: 'write', ...may });
  await raiseGraphVersion();
});

const key = keyOf('bot');

describe('what if', () => {
  it('names what is lost, lowered, gained and raised, with the levels before and after', async () => {
    const body = whatIfBody.parse({
      key,
      withoutEdges: [idOf('admin-ledger')],
      add: [{ from: keyOf('report'), to: keyOf('vault'), kind: 'grants', level: 'write' }],
    });
    const answer = await askWhatIf(security, body);
    expect(answer.rows.map(({ name, change, before, after }) => [name, change, before, after])).toEqual([
      ['ledger', 'lowered', 'admin', 'read'],
      ['vault', 'gained', null, 'write'],
    ]);
    expect([answer.before.reached, answer.after.reached]).toEqual([5, 6]);
    expect([answer.before.crownJewels, answer.after.crownJewels]).toEqual([1, 2]);
  });

  it('lets an owner put in no edge to what is not theirs: the answer would tell what lies behind it', async () => {
    const add = [{ from: key, to: keyOf('other'), kind: 'assumes' as const }];
    await expect(askWhatIf(owner, whatIfBody.parse({ key, add }))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(askWhatIf(owner, whatIfBody.parse({ key: keyOf('other') }))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('cut plan', () => {
  it('begins with what nobody uses, and says of each step what goes and when it was used last', async () => {
    const plan = await planRevocations(security, cutPlanQuery.parse({ key, cuts: 1 }));
    const [first] = plan.steps;
    expect(first?.hops.map(({ from, to }) => [from.name, to.name])).toEqual([['bot', 'deploy']]);
    expect(first?.count).toBe(3);
    expect(first?.hops[0]?.use).toBe('unobservable');
    expect(first?.isFree).toBe(false);
    expect(first?.sentence).toBe(
      'Revoke “bot may act as deploy”: 3 fewer nodes reached; no log could have shown its use.',
    );
    expect(plan.after).toEqual({ count: 2, weight: plan.before.weight - (first?.weight ?? 0) });
  });

  it('puts together what only helps together', async () => {
    const plan = await planRevocations(security, cutPlanQuery.parse({ key, cuts: 2 }));
    expect(plan.steps.map(({ sentence }) => sentence)).toEqual([
      'Revoke these 2 together, the only ways to ledger: 1 fewer node reached; last used on 2026-05-01.',
    ]);
  });

  it('is refused to an owner for what is not theirs, as if it were not there', async () => {
    const query = cutPlanQuery.parse({ key: keyOf('other') });
    await expect(planRevocations(owner, query)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('minimum cut', () => {
  it('finds the fewest edges to the crown jewels that are reached', async () => {
    const cut = await protectTargets(security, minimumCutQuery.parse({ key }));
    expect([cut.targets, cut.reached, cut.hops?.length]).toEqual([2, 1, 2]);
    const without = cut.hops?.map(({ edge }) => edge.id) ?? [];
    const after = await askWhatIf(security, whatIfBody.parse({ key, withoutEdges: without }));
    expect(after.after.crownJewels).toBe(0);
  });

  it('says that no cut helps where only what nobody can revoke is left', async () => {
    const query = minimumCutQuery.parse({ key, target: keyOf('ledger'), uncuttable: 'assumes,grants' });
    expect((await protectTargets(security, query)).hops).toBeNull();
  });

  it('tells an owner nothing of a target that their node does not reach', async () => {
    const query = minimumCutQuery.parse({ key, target: keyOf('vault') });
    await expect(protectTargets(owner, query)).rejects.toMatchObject({ code: 'not_found' });
    expect((await protectTargets(security, query)).hops).toEqual([]);
  });
});

describe('ranking and exposure', () => {
  it('ranks every identity by what it reaches, and an owner sees their own', async () => {
    const all = await rankIdentities(security, rankQuery.parse({ measure: 'count' }));
    expect(all.rows.map(({ rank, node, score }) => [rank, node.name, score])).toEqual([
      [1, 'bot', 5],
      [2, 'deploy', 3],
      [3, 'other', 1],
      [4, 'admin', 1],
      [5, 'report', 1],
    ]);
    expect(all.standardError).toBe(0);
    const own = await rankIdentities(owner, rankQuery.parse({}));
    expect(own.rows.map(({ node }) => node.name)).toEqual(['bot']);
  });

  it('names who can reach each crown jewel, at any date', async () => {
    const now = await listExposure(security, exposureQuery.parse({}));
    expect(now.rows.map(({ node, nonHuman, nearest }) => [node.name, nonHuman, nearest])).toEqual([
      ['ledger', 4, 1],
      ['vault', 1, 1],
    ]);
    const then = await listExposure(security, exposureQuery.parse({ asOf: '2026-02-01T00:00:00Z' }));
    expect(then.rows.find(({ node }) => node.name === 'vault')?.reachedBy).toBe(0);
    expect((await listExposure(owner, exposureQuery.parse({}))).rows.map(({ node }) => node.name)).toEqual([
      'ledger',
    ]);
  });
});

describe('two dates', () => {
  const dates = { before: '2026-02-01T00:00:00Z', after: '2026-06-01T00:00:00Z' };

  it('shows what came and went, and what a reach gained', async () => {
    const seen = await compareDates(security, compareQuery.parse({ ...dates, key: keyOf('other') }));
    expect(seen.edges.rows.map(({ sentence, change }) => [sentence, change])).toEqual([
      ['other may write to vault.', 'added'],
    ]);
    expect(seen.edges.byKind).toEqual([{ kind: 'grants', added: 1, gone: 0 }]);
    expect(seen.reach?.rows.map(({ node, before, after }) => [node.name, before, after])).toEqual([
      ['vault', null, 'write'],
    ]);
  });

  it('shows an owner nothing of what is not theirs, and refuses dates the wrong way round', async () => {
    expect((await compareDates(owner, compareQuery.parse(dates))).edges.added).toBe(0);
    const turned = compareQuery.parse({ before: dates.after, after: dates.before });
    await expect(compareDates(security, turned)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a question that nobody waits for any more', () => {
  it('ends with an error, and the next is answered', async () => {
    const gone = AbortSignal.abort();
    await expect(rankIdentities(security, rankQuery.parse({}), gone)).rejects.toMatchObject({
      code: 'unavailable',
    });
    const leaving = new AbortController();
    const asked = rankIdentities(security, rankQuery.parse({}), leaving.signal);
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
    expect((await rankIdentities(security, rankQuery.parse({}))).identities).toBe(5);
  });
});
