import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/authz/actor.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { confirmRevocations } from './confirm-revocations.ts';
import {
  approveRevocation,
  cancelRevocation,
  chooseMethod,
  rehearseRevocation,
} from './decide-revocation.ts';
import { executeRevocation } from './execute-revocation.ts';
import { getRevocation, listRevocations } from './read-revocations.ts';
import { requestRevocation } from './request-revocation.ts';
import { revocationDetailSchema, revocationListSchema } from './schema.ts';

useTestDatabase();

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);
let world: SmallWorld;
let analyst: Actor;
let second: Actor;
let counter = 0;

beforeAll(async () => {
  world = await SmallWorld.create(ago(30));
  analyst = await signedIn('security');
  second = await signedIn('security');
});

async function service() {
  counter += 1;
  const team = await world.node('team', `team-${counter}`, { key: `team://${counter}` });
  const caller = await world.node('service_account', `caller-${counter}`, { ownerId: team });
  const secret = await world.node('resource', `bucket-${counter}`, { key: `arn:aws:s3:::bucket-${counter}` });
  const grant = await world.edge(caller, 'grants', secret, { level: 'read', qualifier: 'ReadPolicy' });
  return { team, caller, secret, grant };
}

const EVERYTHING = {
  states: [],
  q: '',
  page: 1,
  size: 200,
  sort: { column: 'updated', isDescending: true },
} as const;

const ask = (nodeId: number, edgeId: number | null = null, actor = analyst) =>
  requestRevocation(actor, {
    nodeId,
    edgeId,
    reason: 'Not needed any more',
    method: 'manual',
    webhookId: null,
  });

async function executed(nodeId: number, edgeId: number | null = null): Promise<string> {
  const { id } = await ask(nodeId, edgeId);
  const seen = await getRevocation(second, id);
  await approveRevocation(second, id, { version: seen.version, planHash: seen.planHash });
  await executeRevocation(analyst, id, { version: seen.version + 1, proof: 'Change CHG-1' });
  return id;
}

const confirm = (run: number) => inTransaction((tx) => confirmRevocations(tx, run));
const stateOf = async (id: string) => (await getRevocation(analyst, id)).state;

describe('rehearsal', () => {
  it('names the callers of a permission with owner, count and last call', async () => {
    const { caller, secret, grant } = await service();
    await world.usage({ actor: caller, target: secret, at: ago(3), allowed: 7, denied: 2 });
    const { id } = await ask(caller, grant);
    const detail = revocationDetailSchema.parse(await getRevocation(analyst, id));
    expect(detail.rehearsal).toMatchObject({
      verdict: 'callers',
      callers: [{ name: `caller-${counter}`, owner: { name: `team-${counter}` }, allowed: 7, denied: 2 }],
    });
    expect(detail.steps.map((step) => step.state)).toEqual(['planned', 'rehearsed']);
  });

  it('says that it cannot tell when no log could have seen a use', async () => {
    const { caller, grant } = await service();
    const { id } = await ask(caller, grant);
    expect((await getRevocation(analyst, id)).verdict).toBe('cannot_tell');
  });

  it('says that nothing was seen only where a log of the whole scope watched', async () => {
    const { caller, grant } = await service();
    const partly = await SmallWorld.create(ago(30));
    await partly.window(ago(20), ago(1), 'aws:111111111111:us-east-1');
    const first = await ask(caller, grant);
    expect((await getRevocation(analyst, first.id)).verdict).toBe('cannot_tell');
    await world.window(ago(20), ago(1));
    await rehearseRevocation(analyst, first.id, 1);
    expect((await getRevocation(analyst, first.id)).verdict).toBe('nothing_seen');
  });

  it('follows a permission set to whoever is bound to it', async () => {
    const { caller, secret } = await service();
    const policy = await world.node('policy', `policy-${counter}`);
    const grant = await world.edge(policy, 'grants', secret, { level: 'write' });
    const bound = await world.edge(caller, 'attached', policy);
    await world.usage({ actor: caller, target: secret, at: ago(2), allowed: 3 });
    for (const edge of [grant, bound]) {
      const { id } = await ask(caller, edge);
      expect((await getRevocation(analyst, id)).rehearsal?.callers[0]?.allowed).toBe(3);
    }
  });
});

describe('approval', () => {
  it('is refused to the person who asked, to a token, and after a stale sign-in', async () => {
    const { caller } = await service();
    const { id } = await ask(caller);
    const { planHash } = await getRevocation(analyst, id);
    const approve = (actor: Actor) => approveRevocation(actor, id, { version: 1, planHash });
    await expect(approve(analyst)).rejects.toThrow('A second person');
    await expect(approve({ ...second, kind: 'token', id: 'tok_x' })).rejects.toThrow('Only a person');
    await expect(approve({ ...second, authenticatedAt: ago(1) })).rejects.toThrow('Sign in again');
    await expect(approve(await signedIn('owner'))).rejects.toThrow('does not allow');
    expect(await stateOf(id)).toBe('rehearsed');
  });

  it('is refused to the person behind the token that asked', async () => {
    const { caller } = await service();
    await db().apiToken.create({
      data: {
        id: 'tok_mine',
        name: 'mine',
        prefix: 'bwk',
        hash: new Uint8Array([1]),
        createdBy: second.id,
        expiresAt: ago(-9),
      },
    });
    const { id } = await ask(caller, null, { ...analyst, kind: 'token', id: 'tok_mine' });
    const { planHash } = await getRevocation(second, id);
    await expect(approveRevocation(second, id, { version: 1, planHash })).rejects.toThrow('A second person');
  });

  it('holds only for the plan that was shown', async () => {
    const { caller, secret } = await service();
    const { id } = await ask(caller);
    const shown = await getRevocation(second, id);
    await world.usage({ actor: caller, target: secret, at: ago(1) });
    await rehearseRevocation(analyst, id, 1);
    const approve = (version: number) => approveRevocation(second, id, { version, planHash: shown.planHash });
    await expect(approve(1)).rejects.toThrow('at the same time');
    await expect(approve(2)).rejects.toThrow('not the one that you were shown');
  });

  it('does not cover a plan that was changed behind its back', async () => {
    const { caller } = await service();
    const { id } = await ask(caller);
    const { planHash } = await getRevocation(second, id);
    await approveRevocation(second, id, { version: 1, planHash });
    await expect(
      chooseMethod(analyst, id, { version: 2, method: 'manual', webhookId: null }),
    ).rejects.toThrow('only before the approval');
    await db().revocation.update({ where: { id }, data: { reason: 'Something else' } });
    await expect(executeRevocation(analyst, id, { version: 2, proof: 'Done' })).rejects.toThrow(
      'not the one',
    );
    expect(await stateOf(id)).toBe('approved');
  });

  it('lets one of many parallel approvals win and writes one audit row', async () => {
    const { caller } = await service();
    const { id } = await ask(caller);
    const { planHash } = await getRevocation(second, id);
    const tries = Array.from({ length: 20 }, () => approveRevocation(second, id, { version: 1, planHash }));
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const rows = await db().auditEvent.count({
      where: { subject: `revocation:${id}`, action: 'revocation.approve' },
    });
    expect(rows).toBe(1);
  });
});

describe('confirmation by imports', () => {
  it('is proven when a complete import, true after the execution, no longer contains it', async () => {
    const { caller, grant } = await service();
    const id = await executed(caller, grant);
    const run = await world.completeRun(new Date());
    await world.end({ edgeId: grant }, run, new Date());
    expect(await confirm(run)).toMatchObject({ proven: 1 });
    const proven = await getRevocation(analyst, id);
    expect(proven.state).toBe('proven');
    expect(proven.provenRun).toMatch(/^run_/);
  });

  it('is never proven by a partial import, an older input, or while it is still contained', async () => {
    const { caller } = await service();
    const id = await executed(caller);
    const still = await world.completeRun(new Date());
    expect(await confirm(still)).toMatchObject({ proven: 0, stillThere: 1 });
    expect((await getRevocation(analyst, id)).message).toContain('still contains it');
    const older = await world.completeRun(ago(2));
    await world.end({ nodeId: caller }, older, ago(2));
    expect(await confirm(older)).toMatchObject({ proven: 0 });
    const partial = await world.run(new Date());
    expect(await confirm(partial)).toMatchObject({ proven: 0 });
    expect(await stateOf(id)).toBe('executed');
    expect(await confirm(await world.completeRun(new Date()))).toMatchObject({ proven: 1 });
  });

  it('reopens with the event when the logs show a successful use after the execution', async () => {
    const { caller, secret } = await service();
    const id = await executed(caller);
    const run = await world.run(new Date());
    await world.event({ actor: caller, target: secret, at: ago(1) });
    await world.event({ actor: caller, target: secret, at: new Date(Date.now() + 5_000), outcome: 'denied' });
    expect(await confirm(run)).toMatchObject({ reopened: 0 });
    await world.event({ actor: caller, target: secret, at: new Date(Date.now() + 60_000) });
    expect(await confirm(run)).toMatchObject({ reopened: 1 });
    expect(await getRevocation(analyst, id)).toMatchObject({
      state: 'reopened',
      reopenedBy: { type: 'used_after_execution', action: 's3:GetObject' },
    });
    const owned = await db().auditEvent.count({
      where: { subject: `revocation:${id}`, action: 'revocation.reopen' },
    });
    expect(owned).toBe(1);
  });

  it('reopens a proven one whose thing came back', async () => {
    const { caller, secret, grant } = await service();
    const id = await executed(caller, grant);
    const run = await world.completeRun(new Date());
    await world.end({ edgeId: grant }, run, new Date());
    await confirm(run);
    const again = await world.completeRun(new Date());
    await world.edge(caller, 'grants', secret, { level: 'read', qualifier: 'ReadPolicy' });
    expect(await confirm(again)).toMatchObject({ reopened: 1 });
    expect((await getRevocation(analyst, id)).reopenedBy).toMatchObject({ type: 'back_in_inventory' });
  });

  it('falls silent only after the configured hours were watched without a gap', async () => {
    const { caller } = await service();
    const id = await executed(caller);
    await db().revocation.update({ where: { id }, data: { executedAt: ago(2) } });
    const watching = await SmallWorld.create(ago(3));
    await watching.window(ago(3), new Date(Date.now() - 1.5 * DAY));
    expect(await confirm(watching.runId)).toMatchObject({ silent: 0 });
    await watching.window(new Date(Date.now() - 1.5 * DAY), ago(0.5));
    expect(await confirm(watching.runId)).toMatchObject({ silent: 1 });
    expect(await stateOf(id)).toBe('silent');
  });
});

describe('row scope', () => {
  it('lists for an owner exactly what single reads answer', async () => {
    const mine = await service();
    const theirs = await service();
    const ids = [(await ask(mine.caller)).id, (await ask(theirs.caller)).id];
    const owner = await signedIn('owner', [mine.team]);
    const list = revocationListSchema.parse(await listRevocations(owner, EVERYTHING));
    const listed = new Set(list.rows.map((row) => row.id));
    for (const { id } of await db().revocation.findMany({ select: { id: true } })) {
      const single = await getRevocation(owner, id).then(
        () => true,
        () => false,
      );
      expect(listed.has(id)).toBe(single);
    }
    expect(listed).toEqual(new Set([ids[0]]));
    await expect(cancelRevocation(owner, ids[1] ?? '', 1, 'no')).rejects.toThrow('no such revocation');
    await expect(ask(theirs.secret, null, owner)).rejects.toThrow('no such');
  });

  it('refuses a second request for what is under way, and every change by an auditor', async () => {
    const { caller } = await service();
    const { id } = await ask(caller);
    await expect(ask(caller)).rejects.toThrow('already under way');
    const auditor = await signedIn('auditor');
    expect((await getRevocation(auditor, id)).may).toEqual([]);
    await expect(ask(caller, null, auditor)).rejects.toThrow('does not allow');
    await expect(cancelRevocation(auditor, id, 1, 'no')).rejects.toThrow('does not allow');
  });
});
