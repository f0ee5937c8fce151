import { LOCKS } from '#lib/db/locks.ts';
import { createHash } from 'node:crypto';
import type { Actor } from '#lib/authz/actor.ts';
import type { JsonValue } from '#lib/core/json.ts';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/client.ts';

export type AuditEntry = {
  /** `noun.verb`, e.g. `review.attest` */
  action: string;
  /** Stable id of what it was done to, e.g. `campaign:cmp_…`, `node:KEY` */
  subject: string;
  before?: JsonValue;
  after?: JsonValue;
  reason?: string;
  onBehalfOf?: string;
};

/**
 * Writes one row of the tamper-evident log in the caller's transaction: the change and its trace commit together or
 * neither does. Call it last, as it holds a lock on the chain until the commit. Throws `unavailable` (503) when the
 * row cannot be written, which refuses the change.
 */
export async function record(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  try {
    await append(tx, actor, entry);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      'The audit log could not be written, so nothing was changed. Try again.',
      { cause },
    );
  }
}

async function append(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.auditChain})`;
  const [head] = await tx.$queryRaw<{ seq: bigint; hash: Uint8Array; at: Date }[]>`
    SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1`;
  // Whole milliseconds, so that whoever reads the row through the ORM sees the time that was hashed.
  const [now] = await tx.$queryRaw<{ at: string }[]>`
    SELECT to_char(date_trunc('milliseconds', clock_timestamp()) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;
  if (!now) throw new Error('The database gave no time.');
  const row: AuditRow = {
    seq: String((head?.seq ?? 0n) + 1n),
    at: now.at,
    actor: actor.id,
    actorName: actor.name,
    onBehalfOf: entry.onBehalfOf ?? null,
    action: entry.action,
    subject: entry.subject,
    before: entry.before ?? null,
    after: entry.after ?? null,
    reason: entry.reason ?? null,
    address: actor.address,
    requestId: actor.requestId,
  };
  const previous = head ? Buffer.from(head.hash) : CHAIN_START;
  const hash = chainHash(previous, row);
  // By hand, so that the columns hold the very text that was hashed.
  await tx.$executeRaw`
    INSERT INTO audit_event (seq, at, actor, actor_name, on_behalf_of, action, subject, before, after, reason, address, request_id, previous, hash)
    VALUES (${BigInt(row.seq)}, ${row.at}::timestamptz, ${row.actor}, ${row.actorName}, ${row.onBehalfOf}, ${row.action},
      ${row.subject}, ${jsonText(row.before)}::jsonb, ${jsonText(row.after)}::jsonb, ${row.reason}, ${row.address}, ${row.requestId},
      ${Uint8Array.from(previous)}, ${Uint8Array.from(hash)})`;
}

const jsonText = (value: JsonValue): string | null => (value === null ? null : JSON.stringify(value));

/** What the hash of a row covers, in the form that docs/audit-format.md gives to other verifiers. */
export type AuditRow = {
  seq: string;
  at: string;
  actor: string;
  actorName: string;
  onBehalfOf: string | null;
  action: string;
  subject: string;
  before: JsonValue;
  after: JsonValue;
  reason: string | null;
  address: string | null;
  requestId: string | null;
};

export const CHAIN_START = Buffer.alloc(32);

/** SHA-256 over the previous hash and the row in canonical JSON (RFC 8785). */
export function chainHash(previous: Uint8Array, row: AuditRow): Buffer {
  return createHash('sha256').update(previous).update(canonicalJson(row)).digest();
}
