import type pg from 'pg';
import type { Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { CHAIN_LOCK, CHAIN_START, chainHash, type AuditEntry, type AuditRow } from './record.ts';

/** The same as `record`, in a transaction of a plain driver connection: for changes that are made by set-based SQL. */
export async function recordInBulk(client: pg.ClientBase, actor: Actor, entry: AuditEntry): Promise<void> {
  try {
    await append(client, actor, entry);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      'The audit log could not be written, so nothing was changed. Try again.',
      {
        cause,
      },
    );
  }
}

async function append(client: pg.ClientBase, actor: Actor, entry: AuditEntry): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  const heads = await client.query<{ seq: string; hash: Buffer }>(
    'SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1',
  );
  const times = await client.query<{ at: string }>(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
  );
  const [head] = heads.rows;
  const [now] = times.rows;
  if (!now) throw new Error('The database gave no time.');
  const row: AuditRow = {
    seq: String(BigInt(head?.seq ?? 0) + 1n),
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
  const previous = head?.hash ?? CHAIN_START;
  await client.query(
    `INSERT INTO audit_event (seq, at, actor, actor_name, on_behalf_of, action, subject, before, after, reason, address,
       request_id, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[row.seq, row.at, row.actor, row.actorName, row.onBehalfOf, row.action, row.subject],
      ...[
        row.before === null ? null : JSON.stringify(row.before),
        row.after === null ? null : JSON.stringify(row.after),
      ],
      ...[row.reason, row.address, row.requestId, previous, chainHash(previous, row)],
    ],
  );
}
