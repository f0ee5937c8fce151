import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inclusionProof, isIncluded, MerkleTree } from './merkle.ts';

/** RFC 6962 section 2.1, word for word. */
function oracle(leaves: readonly Uint8Array[]): Buffer {
  const hash = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [only] = leaves;
  if (only === undefined) return hash();
  if (leaves.length === 1) return hash(Buffer.from([0]), only);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hash(Buffer.from([1]), oracle(leaves.slice(0, k)), oracle(leaves.slice(k)));
}
const treeOf = (leaves: readonly Uint8Array[]) => {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree;
};
const someLeaves = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 });

describe('MerkleTree', () => {
  it('has the root that the RFC defines, for every number of leaves', () => {
    for (let size = 0; size <= 130; size++) {
      const leaves = Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));
      expect(treeOf(leaves).root()).toEqual(oracle(leaves));
    }
    fc.assert(
      fc.property(someLeaves, (leaves) => {
        expect(treeOf(leaves).root()).toEqual(oracle(leaves));
      }),
    );
  });

  it('knows the test vectors of Certificate Transparency', () => {
    const hex = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const leaves = hex.map((text) => Buffer.from(text, 'hex'));
    expect(treeOf([]).root().toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(treeOf(leaves.slice(0, 1)).root().toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(treeOf(leaves).root().toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });
});

describe('inclusion proofs', () => {
  it('hold for each leaf, and for no other leaf, place, size or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));
        const [index, other] = [a % size, b % size];
        const root = treeOf(leaves).root();
        const proof = inclusionProof(leaves, index);
        const leaf = leaves[index] ?? Buffer.of();
        expect(isIncluded(leaf, index, size, proof, root)).toBe(true);
        expect(isIncluded(Buffer.from('forged'), index, size, proof, root)).toBe(false);
        if (other !== index) expect(isIncluded(leaf, other, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, size, [...proof, root], root)).toBe(false);
        if (proof.length > 0) expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof, Buffer.alloc(32))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
