import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/authz/actor.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { SmallWorld, signedIn } from '#lib/usage/testing/small-world.ts';
import { confirmRevocations } from './confirm-revocations.ts';
import { approveRevocation, cancelRevocation } from './decide-revocation.ts';
import { deliverDue, deliverRevocation, type SendOrder } from './deliver-revocation.ts';
import { executeRevocation } from './execute-revocation.ts';
import { addWebhook, removeWebhook } from './manage-webhooks.ts';
import { getRevocation } from './read-revocations.ts';
import { requestRevocation } from './request-revocation.ts';
import { webhookKey } from './sign-order.ts';

useTestDatabase();

type Mode = 'ok' | 'error' | 'reply lost' | 'timeout' | 'lies' | 'refuses' | 'already gone';

/** A receiver as the documentation asks for: it checks the signature, acts once per id and refuses older attempts. */
class Receiver {
  server: Server | undefined;
  secret = '';
  modes: Mode[] = [];
  requests: { attempt: number; id: string }[] = [];
  effects = new Map<string, number>();
  forged = 0;
  #newest = new Map<string, number>();

  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/revoke`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const header = (name: string) => String(request.headers[name]);
    const signed = `${header('webhook-id')}.${header('webhook-timestamp')}.${body}`;
    const wanted = createHmac('sha256', webhookKey(this.secret)).update(signed).digest('base64');
    const given = header('webhook-signature').replace('v1,', '');
    if (given.length !== wanted.length || !timingSafeEqual(Buffer.from(given), Buffer.from(wanted))) {
      this.forged += 1;
      response.writeHead(401).end();
      return;
    }
    const id = header('idempotency-key');
    const attempt = Number(header('bailiwick-attempt'));
    this.requests.push({ id, attempt });
    const mode = this.modes.shift() ?? 'ok';
    if (attempt < (this.#newest.get(id) ?? 0)) response.writeHead(409).end();
    else this.#act(mode, id, attempt, response);
  }

  #act(mode: Mode, id: string, attempt: number, response: ServerResponse): void {
    this.#newest.set(id, attempt);
    const acts = mode === 'ok' || mode === 'reply lost';
    if (acts && !this.effects.has(id)) this.effects.set(id, attempt);
    if (mode === 'reply lost') response.destroy();
    else if (mode !== 'timeout') response.writeHead(STATUS[mode]).end('{}');
  }
}

const STATUS = { ok: 200, lies: 200, error: 500, refuses: 403, 'already gone': 410 } as const;

const receiver = new Receiver();
const send: SendOrder = async ({ url, headers, body }) => {
  const signal = AbortSignal.timeout(250);
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
  await response.arrayBuffer();
  return { status: response.status };
};

let world: SmallWorld;
let analyst: Actor;
let second: Actor;
let administrator: Actor;
let url: string;
let webhookId: string;
let counter = 0;

beforeAll(async () => {
  world = await SmallWorld.create();
  analyst = await signedIn('security');
  second = await signedIn('security');
  administrator = await signedIn('administrator');
  url = await receiver.start();
  const webhook = await addWebhook(administrator, { name: 'Receiver', url });
  webhookId = webhook.id;
  receiver.secret = webhook.secret;
});
afterAll(() => receiver.server?.close());
beforeEach(() => {
  receiver.modes = [];
  receiver.requests = [];
  receiver.effects.clear();
});

async function ordered(webhook = webhookId): Promise<{ id: string; node: number }> {
  counter += 1;
  const node = await world.node('credential', `key-${counter}`);
  const request = {
    nodeId: node,
    edgeId: null,
    reason: 'Leaked',
    method: 'webhook' as const,
    webhookId: webhook,
  };
  const { id } = await requestRevocation(analyst, request);
  const { planHash } = await getRevocation(second, id);
  await approveRevocation(second, id, { version: 1, planHash });
  await executeRevocation(analyst, id, { version: 2, proof: '' });
  return { id, node };
}

/** A clock that jumps over the pauses between attempts. */
const later = (n: number) => () => new Date(Date.now() + n * 3_600_000);
const stateOf = async (id: string) => (await getRevocation(analyst, id)).state;

describe('delivery', () => {
  it('executes on a signed order that is answered with success', async () => {
    const { id } = await ordered();
    expect(await deliverRevocation(id, send)).toEqual({ outcome: 'executed' });
    expect(receiver.effects.size).toBe(1);
    expect(receiver.forged).toBe(0);
    expect(await stateOf(id)).toBe('executed');
  });

  it('tries again after an error and has one effect', async () => {
    const { id } = await ordered();
    receiver.modes = ['error', 'ok'];
    expect(await deliverRevocation(id, send)).toEqual({ outcome: 'retry', afterMs: 30_000 });
    expect(await deliverRevocation(id, send)).toEqual({ outcome: 'superseded' });
    expect(await deliverRevocation(id, send, later(1))).toEqual({ outcome: 'executed' });
    expect([...receiver.effects.values()]).toEqual([2]);
  });

  it.each(['reply lost', 'timeout'] as const)(
    '%s: asks again under the same key, with one effect',
    async (mode) => {
      const { id } = await ordered();
      receiver.modes = [mode];
      expect(await deliverRevocation(id, send)).toMatchObject({ outcome: 'retry' });
      expect(await stateOf(id)).toBe('approved');
      expect(await deliverDue(send, later(1))).toBe(1);
      expect(await stateOf(id)).toBe('executed');
      expect(receiver.effects.size).toBe(1);
      expect(new Set(receiver.requests.map((request) => request.id)).size).toBe(1);
    },
  );

  it('believes no receiver: while the import still contains it, it is not proven', async () => {
    const { id, node } = await ordered();
    receiver.modes = ['lies'];
    await deliverRevocation(id, send);
    const still = await world.completeRun(new Date());
    await inTransaction((tx) => confirmRevocations(tx, still));
    expect(await stateOf(id)).toBe('executed');
    const gone = await world.completeRun(new Date());
    await world.end({ nodeId: node }, gone, new Date());
    await inTransaction((tx) => confirmRevocations(tx, gone));
    expect(await stateOf(id)).toBe('proven');
  });

  it('takes "already gone" for success and a refusal for a failure that can be ordered again', async () => {
    const gone = await ordered();
    receiver.modes = ['already gone', 'refuses', 'ok'];
    expect(await deliverRevocation(gone.id, send)).toEqual({ outcome: 'executed' });
    const refused = await ordered();
    expect(await deliverRevocation(refused.id, send)).toEqual({ outcome: 'failed' });
    const { version } = await getRevocation(analyst, refused.id);
    await executeRevocation(analyst, refused.id, { version, proof: '' });
    expect(await deliverRevocation(refused.id, send)).toEqual({ outcome: 'executed' });
  });

  it('gives up after five attempts, as an open item with every attempt written down', async () => {
    const { id } = await ordered();
    receiver.modes = Array.from({ length: 9 }, () => 'error' as const);
    for (let n = 0; n < 9; n++) await deliverDue(send, later(n));
    expect(receiver.requests.map((request) => request.attempt)).toEqual([1, 2, 3, 4, 5]);
    const detail = await getRevocation(analyst, id);
    expect(detail.state).toBe('failed');
    expect(detail.steps.filter((step) => step.note.startsWith('Attempt'))).toHaveLength(5);
    expect(detail.may).toContain('execute');
  });

  it('gives the turn to one of many workers, and ignores the late answer of an older attempt', async () => {
    const { id } = await ordered();
    const results = await Promise.all(Array.from({ length: 8 }, () => deliverRevocation(id, send)));
    expect(results.filter(({ outcome }) => outcome === 'executed')).toHaveLength(1);
    expect(receiver.requests).toHaveLength(1);

    const slow = await ordered();
    const late = Promise.withResolvers<{ status: number }>();
    const older = deliverRevocation(slow.id, () => late.promise);
    await expect.poll(async () => (await getRevocation(analyst, slow.id)).attempt).toBe(1);
    receiver.modes = ['error'];
    expect(await deliverRevocation(slow.id, send, later(1))).toMatchObject({ outcome: 'retry' });
    late.resolve({ status: 200 });
    expect(await older).toEqual({ outcome: 'superseded' });
    expect(await stateOf(slow.id)).toBe('approved');
  });

  it('cannot be cancelled while it is on its way, and fails when its webhook is removed', async () => {
    const other = await addWebhook(administrator, { name: 'Other', url });
    const { id } = await ordered(other.id);
    const { version } = await getRevocation(analyst, id);
    await expect(cancelRevocation(analyst, id, version, 'changed my mind')).rejects.toThrow('on its way');
    await removeWebhook(administrator, other.id);
    expect(await deliverRevocation(id, send)).toEqual({ outcome: 'superseded' });
    expect(await stateOf(id)).toBe('failed');
    expect(receiver.requests).toHaveLength(0);
  });

  it('stores the signing secret sealed only', async () => {
    const rows = await db().webhook.findMany();
    const audit = await db().auditEvent.findMany({ where: { action: 'webhook.add' } });
    const stored = JSON.stringify([
      ...rows.map((row) => Buffer.from(row.secret).toString('latin1')),
      ...audit.map((r) => r.after),
    ]);
    expect(stored).not.toContain(receiver.secret.replace('whsec_', '').slice(0, 12));
  });
});
