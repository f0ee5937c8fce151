import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/authz/actor.ts';
import { newId } from '#lib/core/ids.ts';
import { db, pool } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { attestMany, decideItem } from './decide-item.ts';
import { launchCampaign } from './launch-campaign.ts';
import { hashEvidence } from './load-evidence.ts';
import { cancelCampaign, closeCampaign, createCampaign, previewCampaign } from './manage-campaign.ts';
import type { ReachReader } from './reach.ts';
import { getCampaign, listCampaigns } from './read-campaigns.ts';
import { getReview, listReviews } from './read-reviews.ts';
import {
  campaignDetailSchema,
  campaignFilterSchema,
  evidenceSchema,
  reviewDetailSchema,
  reviewListSchema,
  type ListReviews,
} from './schema.ts';

useTestDatabase();

const DAY = 86_400_000;
const inDays = (n: number) => new Date(Date.now() + n * DAY).toISOString();
const noReach: ReachReader = () => Promise.resolve(new Map());

let world: SmallWorld;
let security: Actor;
let counter = 0;
beforeAll(async () => {
  world = await SmallWorld.create();
  security = await signedIn('security');
});

/** A team with services of its own, all found by one text, so that each test has its own campaign. */
async function company(services = 3) {
  counter += 1;
  const text = `c${counter}-`;
  const team = await world.node('team', `team ${counter}`, { key: `team://${counter}` });
  const owner = await signedIn('owner', [team]);
  const nodes: number[] = [];
  for (let i = 0; i < services; i++) {
    const id = await world.node('service', `${text}service-${i}`, { ownerId: team });
    await db().ownershipClaim.create({
      data: {
        id: newId('clm'),
        nodeId: id,
        ownerId: team,
        basis: 'tag',
        evidence: '',
        confidence: 1,
        state: 'accepted',
      },
    });
    nodes.push(id);
  }
  return { text, team, owner, nodes };
}

const filter = (text: string, more: Record<string, unknown> = {}) =>
  campaignFilterSchema.parse({ subjects: ['identity', 'credential', 'permission'], text, ...more });

async function launched(text: string, reach = noReach, more: Record<string, unknown> = {}) {
  const { id } = await createCampaign(security, {
    name: `Campaign ${text}`,
    instructions: 'Look at the last use.',
    filter: filter(text, more),
    dueAt: inDays(14),
  });
  await launchCampaign(security, id, reach);
  return id;
}

const query = (more: Partial<ListReviews> = {}): ListReviews => ({
  campaign: null,
  states: [],
  types: [],
  risky: null,
  waitingForMe: false,
  q: '',
  page: 1,
  size: 200,
  ...more,
});
const itemsOf = (campaignId: string) =>
  db().reviewItem.findMany({ where: { campaignId }, orderBy: { nodeId: 'asc' } });
const itemOf = async (campaignId: string, nodeId: number) => {
  const item = (await itemsOf(campaignId)).find((row) => row.nodeId === nodeId);
  if (!item) throw new Error('No such item.');
  return item;
};
const attest = (version: number, reason = 'Still needed') => ({
  decision: 'attest' as const,
  version,
  reason,
  expiresAt: inDays(90),
});

describe('launching', () => {
  it('asks about exactly what the preview counted, of the owners, with hashed evidence', async () => {
    const { text, team, nodes } = await company(2);
    const [first = 0] = nodes;
    const bucket = await world.node('resource', 'bucket', {
      key: `arn:aws:s3:::${text}bucket`,
      sensitivity: 'crown_jewel',
    });
    await world.edge(first, 'grants', bucket, { level: 'admin', qualifier: 'Inline' });
    const key = await world.node('credential', `${text}key`);
    await world.edge(key, 'authenticates', first);
    await world.node('service', `${text}nobodys`);
    await world.window(new Date(Date.now() - 40 * DAY), new Date(Date.now() - DAY));
    await world.usage({
      actor: first,
      target: bucket,
      credential: key,
      at: new Date(Date.now() - 5 * DAY),
      allowed: 4,
    });
    const preview = await previewCampaign(security, filter(text));
    expect(preview).toMatchObject({ count: 5, noReviewer: 1, reviewers: 1, tooMany: false });
    const id = await launched(text);
    const items = await itemsOf(id);
    expect(items).toHaveLength(preview.count);
    for (const item of items) {
      expect(hashEvidence(evidenceSchema.parse(item.evidence))).toBe(item.evidenceHash);
    }
    expect(items.filter((item) => item.state === 'no_reviewer')).toHaveLength(1);
    const credential = items.find((item) => item.nodeId === key);
    expect(credential?.reviewerId).toBe(team);
    expect(evidenceSchema.parse(credential?.evidence).callers.shown).toMatchObject([{ allowed: 4 }]);
    const permission = evidenceSchema.parse(items.find((item) => item.edgeId !== null)?.evidence);
    expect(permission.used).toMatchObject({ use: 'used', allowed: 4 });
    expect(permission.risks).toEqual(['reaches a crown jewel', 'administers what it reaches']);
    expect(permission.reach).toBeNull();
    const idle = evidenceSchema.parse((await itemOf(id, nodes[1] ?? 0)).evidence);
    expect(idle.used.use).toBe('not_seen');
    expect(idle.used.sources).toHaveLength(1);
  });

  it('says unobservable, and not unused, where no log could have seen a use', async () => {
    const { text } = await company(0);
    const node = await world.node('service', `${text}elsewhere`, { tenant: '999999999999' });
    const item = await itemOf(await launched(text), node);
    expect(evidenceSchema.parse(item.evidence)).toMatchObject({ used: { use: 'unobservable' }, risks: [] });
  });

  it('takes the reach from the live graph and makes nothing up where there is none', async () => {
    const { text, nodes } = await company(2);
    const [first = 0, other = 0] = nodes;
    const summary = { nodes: 7, sensitive: 2, crownJewels: 1, graphVersion: 3 };
    const id = await launched(text, () => Promise.resolve(new Map([[first, summary]])));
    const evidence = async (node: number) => evidenceSchema.parse((await itemOf(id, node)).evidence);
    expect(await evidence(first)).toMatchObject({ reach: summary });
    expect((await evidence(first)).risks).toContain('reaches a crown jewel');
    expect((await evidence(other)).reach).toBeNull();
  });

  it('happens once, and not at all for a filter that matches nothing', async () => {
    const { text } = await company(3);
    const input = { name: 'Once', instructions: '', filter: filter(text), dueAt: inDays(3) };
    const { id } = await createCampaign(security, input);
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => launchCampaign(security, id, noReach)),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await itemsOf(id)).toHaveLength(3);
    const empty = await createCampaign(security, { ...input, filter: filter('matches nothing at all') });
    await expect(launchCampaign(security, empty.id, noReach)).rejects.toThrow('matches nothing');
    expect((await getCampaign(security, empty.id)).state).toBe('draft');
  });
});

describe('deciding', () => {
  it('lets one of fifty parallel decisions win and writes one audit row', async () => {
    const { text, owner, nodes } = await company(1);
    const item = await itemOf(await launched(text), nodes[0] ?? 0);
    const tries = Array.from({ length: 50 }, (_, n) =>
      decideItem(
        n % 2 ? owner : security,
        item.id,
        n % 3 ? attest(1) : { decision: 'unsure', version: 1, reason: 'Not sure' },
      ),
    );
    const results = await Promise.allSettled(tries);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(49);
    expect(new Set(lost.map(({ reason }) => (reason as { code: string }).code))).toEqual(
      new Set(['conflict']),
    );
    expect(await db().auditEvent.count({ where: { subject: `review_item:${item.id}` } })).toBe(1);
  });

  it('attests with a reason and an expiry, which then stands at the thing itself', async () => {
    const { text, owner, nodes } = await company(1);
    const [node = 0] = nodes;
    const id = await launched(text);
    const { id: itemId } = await itemOf(id, node);
    await expect(decideItem(owner, itemId, { ...attest(1), expiresAt: inDays(-1) })).rejects.toThrow(
      'future',
    );
    await expect(decideItem(owner, itemId, { ...attest(1), expiresAt: inDays(800) })).rejects.toThrow(
      'at most',
    );
    await decideItem(owner, itemId, attest(1));
    const stored = await db().node.findUniqueOrThrow({ where: { id: node } });
    expect(stored.attestedUntil?.getTime()).toBeGreaterThan(Date.now() + 80 * DAY);
    await expect(decideItem(owner, itemId, attest(2))).rejects.toThrow('decided already');
    const campaign = campaignDetailSchema.parse(await getCampaign(security, id));
    expect(campaign).toMatchObject({ items: 1, decided: 1, reviewers: [{ open: 0, total: 1 }] });
  });

  it('asks for a reason before a risky thing is kept, and never keeps one in bulk', async () => {
    const { text, owner, nodes } = await company(3);
    const [risky = 0, ...harmless] = nodes;
    for (const actor of harmless) await world.usage({ actor, at: new Date(Date.now() - 2 * DAY) });
    const summary = { nodes: 9, sensitive: 1, crownJewels: 1, graphVersion: 1 };
    const id = await launched(text, () => Promise.resolve(new Map([[risky, summary]])));
    const riskyItem = await itemOf(id, risky);
    await expect(decideItem(owner, riskyItem.id, attest(1, ''))).rejects.toThrow('risky');
    const all = (await itemsOf(id)).map((item) => ({ id: item.id, version: 1 }));
    const bulk = (items: { id: string; version: number }[]) =>
      attestMany(owner, { items, reason: 'All still needed', expiresAt: inDays(30) });
    await expect(bulk(all)).rejects.toThrow('Nothing was attested');
    expect(new Set((await itemsOf(id)).map((item) => item.state))).toEqual(new Set(['open']));
    const rest = all.filter((item) => item.id !== riskyItem.id);
    expect(await bulk(rest)).toEqual({ attested: harmless.length });
    await expect(bulk(rest)).rejects.toThrow('decided already');
  });

  it('asks for a revocation that points back at the item, and finds the one under way', async () => {
    const { text, owner, nodes } = await company(1);
    const first = await itemOf(await launched(text), nodes[0] ?? 0);
    const again = await itemOf(await launched(text), nodes[0] ?? 0);
    const revoke = { decision: 'revoke' as const, version: 1, reason: 'Nobody needs it' };
    const { revocationId } = await decideItem(owner, first.id, revoke);
    expect(await getRevocation(owner, revocationId ?? '')).toMatchObject({
      state: 'rehearsed',
      reviewItemId: first.id,
      verdict: expect.stringMatching(/nothing_seen|cannot_tell/) as string,
    });
    expect((await decideItem(owner, again.id, revoke)).revocationId).toBe(revocationId);
  });

  it('sends what is not mine to whom it belongs, and to security when it goes round', async () => {
    const [a, b] = [await company(1), await company(0)];
    const [node = 0] = a.nodes;
    const item = await itemOf(await launched(a.text), node);
    const pass = (toOwnerId: number | null, version: number) => ({
      decision: 'not_mine' as const,
      version,
      reason: 'Not ours',
      toOwnerId,
    });
    expect(await decideItem(a.owner, item.id, pass(b.team, 1))).toMatchObject({ state: 'open', version: 2 });
    await expect(getReview(a.owner, item.id, noReach)).rejects.toThrow('no such');
    const back = await decideItem(b.owner, item.id, pass(a.team, 2));
    expect(back).toMatchObject({ state: 'not_mine', version: 3 });
    expect(back.loop).toHaveLength(3);
    const waiting = await listReviews(security, query({ waitingForMe: true }));
    expect(waiting.rows.map((row) => row.id)).toContain(item.id);
    const assign = { decision: 'assign' as const, version: 3, reason: 'Theirs', toOwnerId: b.team };
    await expect(decideItem(b.owner, item.id, assign)).rejects.toThrow('no such');
    expect(await decideItem(security, item.id, assign)).toMatchObject({ state: 'open' });
    expect((await listReviews(b.owner, query())).rows.map((row) => row.id)).toContain(item.id);
  });

  it('shows what changed since the launch, and refuses to keep what is gone', async () => {
    const { text, owner, nodes } = await company(1);
    const [node = 0] = nodes;
    const item = await itemOf(await launched(text), node);
    const fresh = reviewDetailSchema.parse(await getReview(owner, item.id, noReach));
    expect(fresh.changes).toEqual([]);
    const target = await world.node('resource', 'new target', { key: `arn:aws:s3:::${text}new` });
    await world.edge(node, 'grants', target, { level: 'write' });
    expect((await getReview(owner, item.id, noReach)).changes).toContainEqual({
      what: 'Grant on new target',
      was: 'none',
      now: 'write',
    });
    await world.end({ nodeId: node }, world.runId, new Date());
    expect((await getReview(owner, item.id, noReach)).exists).toBe(false);
    await expect(decideItem(owner, item.id, attest(1))).rejects.toThrow('gone');
    expect((await itemOf(item.campaignId, node)).state).toBe('open');
  });

  it('changes nothing when the audit row cannot be written', async () => {
    const { text, owner, nodes } = await company(1);
    const item = await itemOf(await launched(text), nodes[0] ?? 0);
    await pool().query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse()`);
    try {
      await expect(decideItem(owner, item.id, attest(1))).rejects.toThrow('nothing was changed');
    } finally {
      await pool().query('DROP TRIGGER refuse ON audit_event');
    }
    expect(await itemOf(item.campaignId, item.nodeId)).toMatchObject({ state: 'open', version: 1 });
    expect((await db().node.findUniqueOrThrow({ where: { id: item.nodeId } })).attestedUntil).toBeNull();
  });
});

describe('ending', () => {
  it('keeps every decision, and tells "no answer" from "no reviewer"', async () => {
    const { text, owner, nodes } = await company(3);
    await world.node('service', `${text}nobodys`);
    const id = await launched(text);
    await decideItem(owner, (await itemOf(id, nodes[0] ?? 0)).id, attest(1));
    await decideItem(owner, (await itemOf(id, nodes[1] ?? 0)).id, {
      decision: 'unsure',
      version: 1,
      reason: 'Ask the vendor',
    });
    const open = await itemOf(id, nodes[2] ?? 0);
    await closeCampaign(security, id);
    expect((await itemsOf(id)).map((item) => item.state)).toEqual([
      'attested',
      'unsure',
      'no_answer',
      'no_reviewer',
    ]);
    await expect(decideItem(owner, open.id, attest(open.version))).rejects.toThrow('closed');
    await expect(closeCampaign(security, id)).rejects.toThrow('closed already');
    await expect(cancelCampaign(security, id, 'Too late')).rejects.toThrow('closed already');
  });

  it('withdraws what is undecided when it is cancelled', async () => {
    const { text, owner, nodes } = await company(2);
    const id = await launched(text);
    await decideItem(owner, (await itemOf(id, nodes[0] ?? 0)).id, attest(1));
    await cancelCampaign(security, id, 'Wrong filter');
    expect((await itemsOf(id)).map((item) => item.state)).toEqual(['attested', 'withdrawn']);
  });

  it('never lets a decision slip in behind a close', async () => {
    const { text, owner, nodes } = await company(8);
    const id = await launched(text);
    const items = await Promise.all(nodes.map((node) => itemOf(id, node)));
    const results = await Promise.allSettled([
      ...items.slice(0, 4).map((item) => decideItem(owner, item.id, attest(1))),
      closeCampaign(security, id),
      ...items.slice(4).map((item) => decideItem(owner, item.id, attest(1))),
    ]);
    const decided = results.filter((result, i) => i !== 4 && result.status === 'fulfilled').length;
    const states = (await itemsOf(id)).map((item) => item.state);
    expect(results[4]?.status).toBe('fulfilled');
    expect(states.filter((state) => state === 'attested')).toHaveLength(decided);
    expect(states.filter((state) => state === 'no_answer')).toHaveLength(8 - decided);
  });
});

describe('row scope', () => {
  it('lists for each owner exactly the items whose single read answers', async () => {
    const companies = [await company(3), await company(2), await company(1)];
    for (const { text } of companies) await launched(text);
    const every = await db().reviewItem.findMany({ select: { id: true } });
    for (const { owner } of companies) {
      const list = reviewListSchema.parse(await listReviews(owner, query()));
      const single = await Promise.all(
        every.map(({ id }) =>
          getReview(owner, id, noReach).then(
            () => [id],
            () => [],
          ),
        ),
      );
      expect(list.rows.map((row) => row.id).sort()).toEqual(single.flat().sort());
    }
    await expect(
      listCampaigns(companies[0]?.owner ?? security, { states: [], q: '', page: 1, size: 50 }),
    ).rejects.toThrow('not allow');
  });

  it('lets an auditor read all and change nothing', async () => {
    const { text, nodes } = await company(1);
    const auditor = await signedIn('auditor');
    const id = await launched(text);
    const item = await itemOf(id, nodes[0] ?? 0);
    expect(await getReview(auditor, item.id, noReach)).toMatchObject({ mayDecide: false, mayAssign: false });
    expect((await listCampaigns(auditor, { states: [], q: '', page: 1, size: 5 })).total).toBeGreaterThan(0);
    await expect(decideItem(auditor, item.id, attest(1))).rejects.toThrow('not allow');
    await expect(closeCampaign(auditor, id)).rejects.toThrow('not allow');
    await expect(previewCampaign(auditor, filter(text))).rejects.toThrow('not allow');
  });

  it('filters by owner, environment, sensitivity, standing credentials and use', async () => {
    const { text, nodes } = await company(2);
    await db().node.update({ where: { id: nodes[0] ?? 0 }, data: { environment: 'production' } });
    await world.node('credential', `${text}short`, {
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    await world.node('credential', `${text}standing`, { lastSeenInLogs: new Date() });
    const count = async (more: Record<string, unknown>) =>
      (await previewCampaign(security, filter(text, more))).count;
    expect(await count({})).toBe(4);
    expect(await count({ environments: ['production'] })).toBe(1);
    expect(await count({ standingOnly: true })).toBe(1);
    expect(await count({ unownedOnly: true })).toBe(2);
    expect(await count({ owners: [`team://${counter}`] })).toBe(2);
    expect(await count({ unusedForDays: 30 })).toBe(3);
    expect(await count({ subjects: ['credential'], kinds: ['service'] })).toBe(0);
    expect(await count({ sensitivities: ['crown_jewel'] })).toBe(0);
  });
});
