import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/authz/actor.ts';
import { signingKey } from '#lib/auth/instance-keys.ts';
import { decideItem } from '#lib/campaigns/decide-item.ts';
import { launchCampaign } from '#lib/campaigns/launch-campaign.ts';
import { closeCampaign, createCampaign } from '#lib/campaigns/manage-campaign.ts';
import { campaignFilterSchema } from '#lib/campaigns/schema.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { cancelRevocation } from '#lib/revocation/decide-revocation.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { exportBundle, exportCsv } from './export-campaign.ts';
import { verifyBundle } from './verify-bundle.ts';

useTestDatabase();

const DAY = 86_400_000;
let world: SmallWorld;
let security: Actor;
let auditor: Actor;
let owner: Actor;
let campaignId: string;
let revocationId: string;

beforeAll(async () => {
  world = await SmallWorld.create();
  security = await signedIn('security');
  auditor = await signedIn('auditor');
  const team = await world.node('team', 'team', { key: 'team://one' });
  owner = await signedIn('owner', [team]);
  for (const name of ['=cmd|calc', 'b', 'c']) await world.node('service', name, { ownerId: team });
  const filter = campaignFilterSchema.parse({ subjects: ['identity'] });
  const dueAt = new Date(Date.now() + DAY).toISOString();
  campaignId = (await createCampaign(security, { name: 'Quarter', instructions: '', filter, dueAt })).id;
  await expect(exportBundle(auditor, campaignId)).rejects.toThrow('never launched');
  await launchCampaign(security, campaignId, () => Promise.resolve(new Map()));
  const items = await db().reviewItem.findMany({ where: { campaignId }, orderBy: { nodeId: 'asc' } });
  const [first, second] = items.map((item) => item.id);
  const expiresAt = new Date(Date.now() + 30 * DAY).toISOString();
  await decideItem(owner, first ?? '', {
    decision: 'attest',
    version: 1,
    reason: 'Needed, "really"',
    expiresAt,
  });
  const asked = await decideItem(owner, second ?? '', {
    decision: 'revoke',
    version: 1,
    reason: 'Gone soon',
  });
  revocationId = asked.revocationId ?? '';
});

const bundle = async (asOf?: Date) => (await exportBundle(auditor, campaignId, { asOf })).bytes;
const payloadOf = (bytes: Buffer) =>
  (JSON.parse(bytes.toString()) as { payload: Record<string, { length: number }[] & string> }).payload;

describe('evidence of a campaign', () => {
  it('is whole while the campaign runs, and says that it is provisional', async () => {
    const bytes = await bundle();
    expect(verifyBundle(bytes, signingKey().publicBytes)).toMatchObject({ whole: true, problems: [] });
    expect(payloadOf(bytes)['limits']).toHaveLength(3);
  });

  it('is the same byte for byte after the close, whatever happens and whoever is renamed', async () => {
    await closeCampaign(security, campaignId);
    const first = await bundle();
    await db().user.update({ where: { id: owner.id }, data: { name: 'Renamed' } });
    await cancelRevocation(security, revocationId, 1, 'Needed after all');
    const again = await bundle();
    expect(again.equals(first)).toBe(true);
    expect(first.toString()).not.toContain('Renamed');
    const result = verifyBundle(first, signingKey().publicBytes);
    expect(result).toMatchObject({ whole: true, found: { items: 3, revocations: 1 } });
    const { audit } = payloadOf(first) as unknown as { audit: { row: { action: string } }[] };
    expect(audit.map(({ row }) => row.action)).toEqual([
      'campaign.create',
      'campaign.launch',
      'review.attest',
      'revocation.request',
      'review.revoke',
      'campaign.close',
    ]);
  });

  it('tells at a later time what became of the revocations', async () => {
    const later = new Date();
    const bytes = await bundle(later);
    expect(payloadOf(bytes)['revocations']).toMatchObject([{ state: 'cancelled' }]);
    expect((await bundle(later)).equals(bytes)).toBe(true);
    await expect(bundle(new Date(0))).rejects.toThrow('between the end');
  });

  it('leaves a trace of every export, and gives an owner none', async () => {
    const count = () => db().auditEvent.count({ where: { action: 'evidence.export', actor: auditor.id } });
    const before = await count();
    await exportCsv(auditor, campaignId);
    expect(await count()).toBe(before + 1);
    await expect(exportBundle(owner, campaignId)).rejects.toThrow('not allow');
    await expect(exportCsv(owner, campaignId)).rejects.toThrow('not allow');
    await expect(exportCsv(auditor, 'cmp_none')).rejects.toThrow('no such campaign');
  });

  it('as CSV runs no formula and has one row for each item', async () => {
    const { bytes } = await exportCsv(auditor, campaignId);
    const lines = bytes.toString().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^\ufeffitem,type,key,/);
    expect(bytes.toString()).toContain(",'=cmd|calc,");
    expect(bytes.toString()).toContain('"Needed, ""really"""');
  });
});
