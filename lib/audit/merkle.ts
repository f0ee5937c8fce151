import { createHash } from 'node:crypto';

// The Merkle tree of RFC 6962 section 2.1 over the hashes of the audit rows.

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const leafHash = (leaf: Uint8Array): Buffer => createHash('sha256').update(LEAF).update(leaf).digest();
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** Grows a tree leaf by leaf in logarithmic space: the roots of its whole subtrees, largest first. */
export class MerkleTree {
  #subtrees: { hash: Buffer; leaves: number }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(leaf: Uint8Array): void {
    let top = { hash: leafHash(leaf), leaves: 1 };
    for (let last = this.#subtrees.at(-1); last?.leaves === top.leaves; last = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      top = { hash: nodeHash(last.hash, top.hash), leaves: top.leaves * 2 };
    }
    this.#subtrees.push(top);
    this.#size++;
  }

  /** 32 bytes; of no leaves, the hash of nothing. */
  root(): Buffer {
    const hashes = this.#subtrees.map((subtree) => subtree.hash);
    const last = hashes.pop();
    if (last === undefined) return createHash('sha256').digest();
    return hashes.reduceRight((right, left) => nodeHash(left, right), last);
  }
}

/** The hashes that lead from leaf `index` to the root of `leaves` (RFC 6962 section 2.1.1), lowest first. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`There is no leaf ${index}.`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

/** Whether a proof leads from the leaf to the root of a tree of `size` leaves (RFC 9162 section 2.1.3.2). */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false;
  let [fn, sn] = [index, size - 1];
  let hash: Buffer = leafHash(leaf);
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && hash.equals(root);
}

function rootOf(leaves: readonly Uint8Array[]): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** The largest power of two below the number of leaves. */
const splitOf = (leaves: number): number => 2 ** Math.floor(Math.log2(leaves - 1));
