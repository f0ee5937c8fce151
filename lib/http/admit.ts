import { record } from '#lib/audit/record.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { takePermit } from '#lib/auth/request-permits.ts';
import { may, assertMay, type Actor } from '#lib/authz/actor.ts';
import type { Permission } from '#lib/authz/permissions.ts';
import { AppError } from '#lib/core/errors.ts';
import { inTransaction } from '#lib/db/client.ts';
import { clientAddress } from './client-address.ts';
import { assertSameOrigin, changesState } from './same-origin.ts';

type Gate = { permission: Permission | 'public'; traceAs?: string };

/**
 * The gate of every route, in this order: who it is, how often they came, whether one of our pages sent it, whether
 * they may, and the trace where the read must leave one. Refusals of known people are in the audit log.
 */
export async function admit(request: Request, requestId: string, gate: Gate): Promise<Actor> {
  const actor = await identify(request, requestId, gate.permission === 'public');
  if (changesState(request) && actor.kind !== 'token') assertSameOrigin(request);
  if (gate.permission !== 'public') {
    if (!may(actor, gate.permission)) await traceRefusal(actor, gate.permission, request);
    assertMay(actor, gate.permission);
  }
  if (gate.traceAs !== undefined) {
    const { pathname, search } = new URL(request.url);
    const entry = { action: gate.traceAs, subject: `route:${pathname}`, after: { query: search } };
    await inTransaction((tx) => record(tx, actor, entry));
  }
  return actor;
}

async function identify(request: Request, requestId: string, isPublic: boolean): Promise<Actor> {
  try {
    const actor = await authenticate(request, requestId, isPublic);
    await takePermit(actor);
    return actor;
  } catch (error) {
    const isStranger = error instanceof AppError && error.code === 'unauthenticated';
    if (isStranger)
      await takePermit({ kind: 'anonymous', id: 'anonymous', address: clientAddress(request.headers) });
    throw error;
  }
}

async function traceRefusal(actor: Actor, permission: Permission, request: Request): Promise<void> {
  const entry = {
    action: 'access.refuse',
    subject: `route:${new URL(request.url).pathname}`,
    after: { method: request.method, permission },
  };
  await inTransaction((tx) => record(tx, actor, entry));
}
