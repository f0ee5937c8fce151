import { describe, expect, it } from 'vitest';
import { newId } from '#lib/core/ids.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { approveRevocation } from './decide-revocation.ts';
import { executeRevocation } from './execute-revocation.ts';
import { getRevocation } from './read-revocations.ts';
import { requestRevocation } from './request-revocation.ts';
import { settleRuns } from './settle-runs.ts';

useTestDatabase();

const finish = (id: number) => db().run.update({ where: { id }, data: { finishedAt: new Date() } });

describe('settleRuns', () => {
  it('settles each import once, in order, also when many processes try, and proves what is gone', async () => {
    const world = await SmallWorld.create();
    await finish(world.runId);
    const [analyst, second] = [await signedIn('security'), await signedIn('security')];
    const node = await world.node('credential', 'key');
    const request = {
      nodeId: node,
      edgeId: null,
      reason: 'Leaked',
      method: 'manual',
      webhookId: null,
    } as const;
    const { id } = await requestRevocation(analyst, request);
    const { planHash } = await getRevocation(second, id);
    await approveRevocation(second, id, { version: 1, planHash });
    await executeRevocation(analyst, id, { version: 2, proof: 'Change 1' });
    expect(await settleRuns()).toBe(1);
    expect((await getRevocation(analyst, id)).state).toBe('executed');
    const gone = await world.completeRun(new Date());
    await world.end({ nodeId: node }, gone, new Date());
    await finish(gone);
    await finish(await world.run(new Date()));
    const counts = await Promise.all([settleRuns(), settleRuns(), settleRuns()]);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect((await getRevocation(analyst, id)).state).toBe('proven');
    expect(await settleRuns()).toBe(0);
  });

  it('brings owners, owns edges and suggestions in line with what an import accepted', async () => {
    const world = await SmallWorld.create();
    const team = await world.node('team', 'team', { key: 'team://settle' });
    const service = await world.node('service', 'service');
    const key = await world.node('credential', 'its key');
    await world.edge(key, 'authenticates', service);
    const claim = { nodeId: service, ownerId: team, basis: 'backstage', evidence: '', confidence: 1 };
    await db().ownershipClaim.create({ data: { id: newId('clm'), ...claim, state: 'accepted' } });
    await finish(world.runId);
    await settleRuns();
    expect(
      await db().edge.count({ where: { kind: 'owns', fromId: team, toId: service, validTo: null } }),
    ).toBe(1);
    const suggested = await db().ownershipClaim.findFirst({ where: { nodeId: key } });
    expect(suggested).toMatchObject({ ownerId: team, basis: 'identity', state: 'suggested' });
  });
});
