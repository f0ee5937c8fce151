import { CHAIN_START, chainHash, type AuditRow } from './record.ts';
import { MerkleTree } from './merkle.ts';

/** A row as it is kept or exported: what the hash covers, and the two hashes. */
export type ChainedRow = AuditRow & { previous: Buffer; hash: Buffer };
export type ChainVerdict = {
  rows: number;
  head: Buffer;
  firstBad: { seq: string; reason: string } | null;
  /** Root of the tree over the first n rows, for each n asked for that the chain reaches. */
  roots: ReadonlyMap<bigint, Buffer>;
};

/**
 * Walks the chain from its start: each number follows the one before, each row names the hash of the one before, and
 * each hash covers its row. Stops at the first row that does not fit. What was cut off at the end, or rewritten with all
 * hashes after it, only a checkpoint kept elsewhere can show.
 */
export async function verifyChain(
  batches: AsyncIterable<readonly ChainedRow[]> | Iterable<readonly ChainedRow[]>,
  rootsAt: readonly bigint[] = [],
): Promise<ChainVerdict> {
  const wanted = new Set(rootsAt);
  const roots = new Map<bigint, Buffer>();
  const tree = new MerkleTree();
  let head: Buffer = CHAIN_START;
  if (wanted.has(0n)) roots.set(0n, tree.root());
  for await (const batch of batches) {
    for (const row of batch) {
      const reason = flawOf(row, tree.size + 1, head);
      if (reason !== null) return { rows: tree.size, head, firstBad: { seq: row.seq, reason }, roots };
      head = row.hash;
      tree.add(row.hash);
      const size = BigInt(tree.size);
      if (wanted.has(size)) roots.set(size, tree.root());
    }
  }
  return { rows: tree.size, head, firstBad: null, roots };
}

function flawOf({ previous, hash, ...row }: ChainedRow, expected: number, head: Buffer): string | null {
  if (row.seq !== String(expected)) return `row ${expected} is missing or out of order`;
  if (!previous.equals(head)) return 'it does not name the hash of the row before it';
  if (!isHashable(row) || !chainHash(previous, row).equals(hash))
    return 'its hash does not cover what it says';
  return null;
}

/** Text that was forged into half characters has no canonical form and so no hash. */
const isHashable = (row: AuditRow): boolean => JSON.stringify(row).isWellFormed();
