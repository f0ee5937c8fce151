import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import type { Tx } from '#lib/db/client.ts';
import type { Revocation } from '#lib/db/generated/client.ts';
import type { RevocationMethod } from '#lib/db/generated/enums.ts';
import type { JsonObject } from '#lib/core/json.ts';
import { loadSubjects } from './load-subject.ts';

/** What exactly is going to be done: it is shown, approved and executed as one, and its hash holds them together. */
export type Plan = {
  revocation: string;
  subject: JsonObject;
  method: RevocationMethod;
  webhook: { id: string; name: string; url: string } | null;
  rehearsal: JsonObject;
  reason: string;
  requestedBy: string;
};

/** SHA-256 of the plan in canonical JSON, in hexadecimal. */
const hashPlan = (plan: Plan): string =>
  createHash('sha256')
    .update(canonicalJson({ format: 'bailiwick-revocation-plan/1', ...plan }))
    .digest('hex');

/**
 * The plan of a revocation as it stands in the database. What may change without changing the plan (names, owner, whether
 * the thing is still there) is left out; the keys, the rehearsal, the way and the address are in.
 */
export async function loadPlan(tx: Tx, row: Revocation): Promise<{ plan: Plan; hash: string }> {
  const [subject] = await loadSubjects(tx, [row]);
  const webhook =
    row.webhookId === null
      ? null
      : await tx.webhook.findUnique({
          where: { id: row.webhookId },
          select: { id: true, name: true, url: true },
        });
  const plan: Plan = {
    revocation: row.id,
    subject: subject
      ? {
          type: subject.type,
          key: subject.key,
          kind: subject.kind,
          permission: subject.permission && {
            kind: subject.permission.kind,
            to: subject.permission.to.key,
            level: subject.permission.level,
            qualifier: subject.permission.qualifier,
          },
        }
      : {},
    method: row.method ?? 'manual',
    webhook,
    rehearsal: (row.rehearsal ?? {}) as JsonObject,
    reason: row.reason,
    requestedBy: row.requestedBy,
  };
  return { plan, hash: hashPlan(plan) };
}
