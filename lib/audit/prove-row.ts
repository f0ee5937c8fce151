import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { inclusionProof } from './merkle.ts';
import type { RowProof } from './schema.ts';
import { hashesUpTo, storedCheckpoints } from './store.ts';

/**
 * Proof that one row is in the log of the latest checkpoint (RFC 6962 section 2.1.1), for whoever holds the note and
 * nothing else of the log. Throws `conflict` when no checkpoint covers the row yet.
 */
export async function proveRow(actor: Actor, seq: bigint): Promise<RowProof> {
  assertMay(actor, 'audit.read');
  const latest = (await storedCheckpoints()).at(-1);
  if (!latest || latest.size < seq)
    throw new AppError('conflict', 'No checkpoint covers this row yet. Sign one first.');
  const hashes = await hashesUpTo(latest.size);
  const index = Number(seq) - 1;
  const hash = hashes[index];
  if (!hash) throw notFound('row');
  return {
    seq: String(seq),
    hash: hash.toString('hex'),
    size: String(latest.size),
    proof: inclusionProof(hashes, index).map((each) => each.toString('hex')),
    note: latest.note,
  };
}
