import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, signCheckpoint } from './checkpoint-note.ts';

function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey,
    publicKey,
    publicBytes: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  };
}
const key = makeKey();
const checkpoint = { origin: 'bailiwick/test/audit', size: 17n, root: Buffer.alloc(32, 7) };

describe('a signed checkpoint', () => {
  it('opens with the key that signed it and with no other', () => {
    const note = signCheckpoint(checkpoint, key);
    expect(note).toMatch(/^bailiwick\/test\/audit\n17\n.{44}\n\n— bailiwick\/test\/audit .+\n$/);
    expect(openCheckpoint(note, key)).toEqual(checkpoint);
    expect(openCheckpoint(note, makeKey())).toBeNull();
  });

  it('does not open after any change', () => {
    const note = signCheckpoint(checkpoint, key);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom('', 'A', '0', '\n', ' '), (at, put) => {
        const changed = note.slice(0, at) + put + note.slice(at + 1);
        fc.pre(changed !== note);
        expect(openCheckpoint(changed, key)).toBeNull();
      }),
      { numRuns: 2000 },
    );
    for (const changed of [
      `${note}\n`,
      ` ${note}`,
      note.replace('17', '017'),
      note.replaceAll('\n', '\r\n'),
      '',
    ])
      expect(openCheckpoint(changed, key)).toBeNull();
  });
});
