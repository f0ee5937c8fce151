import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import { makeBundle, payloadDigest, type BundleKey, type BundlePayload } from './bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

function newKey(): BundleKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicBytes: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) };
}
const key = newKey();

function auditRows(count: number): BundlePayload['audit'] {
  let previous = '0'.repeat(64);
  return Array.from({ length: count }, (_, i) => {
    const row = {
      seq: String(i + 1),
      action: 'review.attest',
      actorName: 'Ünal 🦊',
      after: { n: i, half: 0.5 },
    };
    const hash = createHash('sha256')
      .update(Buffer.from(previous, 'hex'))
      .update(canonicalJson(row))
      .digest('hex');
    const linked = { row, previous, hash };
    previous = hash;
    return linked;
  });
}

function payload(): BundlePayload {
  const items = ['itm_a', 'itm_b'].map((id, i) => {
    const evidence = { subject: { key: `arn:aws:iam::1:role/${id}`, name: '__proto__' }, n: i / 3 };
    return {
      id,
      evidence,
      evidenceHash: payloadDigest(evidence).toString('hex'),
      state: i === 0 ? 'attested' : 'no_answer',
      reviewer: 'team://a',
      version: 2,
      decision: null,
    };
  });
  return {
    campaign: { id: 'cmp_x', name: 'Quarter "one"' },
    asOf: '2026-01-01T00:00:00.000Z',
    items,
    outcome: [
      { state: 'attested', count: 1 },
      { state: 'no_answer', count: 1 },
    ],
    revocations: [],
    audit: auditRows(3),
    limits: [],
  };
}

const bytes = makeBundle(payload(), key);
const problemsOf = (changed: Uint8Array, trusted: Uint8Array | null = key.publicBytes) =>
  verifyBundle(changed, trusted).problems.map((problem) => problem.what);
const resigned = (change: (made: BundlePayload) => void) => {
  const made = payload();
  change(made);
  return makeBundle(made, key);
};

describe('verifyBundle', () => {
  it('takes a whole bundle, and the same payload and key always give the same bytes', () => {
    expect(verifyBundle(bytes, key.publicBytes)).toMatchObject({ whole: true, signedBy: { trusted: true } });
    expect(verifyBundle(bytes)).toMatchObject({
      whole: true,
      signedBy: { trusted: null },
      found: { items: 2, auditRows: 3 },
    });
    expect(makeBundle(payload(), key).equals(bytes)).toBe(true);
  });

  it('refuses a bundle in which any single byte was changed, cut or put in', () => {
    const position = fc.nat({ max: bytes.length - 1 });
    const how = fc.constantFrom('change', 'cut', 'insert');
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), how, (at, flip, kind) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const pieces = { change: changed, cut: dropped(at), insert: inserted(at, flip) };
        expect(verifyBundle(pieces[kind]).whole).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('refuses every position once, exhaustively', () => {
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verifyBundle(changed).whole, `byte ${at}`).toBe(false);
    }
  });

  it('names exactly what is wrong', () => {
    expect(problemsOf(Buffer.concat([bytes, Buffer.from('\n')]))).toEqual(['trailing bytes']);
    expect(problemsOf(Buffer.concat([bytes, Buffer.from('{}')]))).toEqual(['trailing bytes']);
    expect(problemsOf(Buffer.from(bytes.toString().replace('{"format"', '{"format":"x","format"')))).toEqual([
      'duplicate name',
    ]);
    expect(problemsOf(Buffer.from(bytes.toString().replace(':{', ': {')))).toEqual(['not canonical']);
    expect(problemsOf(Buffer.from('{"format":"other/1"}'))).toEqual(['unknown format']);
    expect(problemsOf(Buffer.from([0xff, 0xfe]))).toEqual(['not text']);
    expect(problemsOf(Buffer.alloc(0))).toEqual(['not JSON']);
    expect(problemsOf(Buffer.from('['.repeat(100_000)))).toEqual(['not JSON']);
    const renamed = Buffer.from(bytes.toString().replaceAll('Quarter', 'Quartar'));
    expect(problemsOf(renamed)).toEqual(['signature', 'signature']);
  });

  it('finds what a signer with the right key would have hidden', () => {
    const item = resigned((made) => {
      const [first] = made.items;
      if (first) first.evidence = { other: true };
    });
    expect(problemsOf(item)).toEqual(['item hash']);
    const removed = resigned((made) => made.items.pop());
    expect(problemsOf(removed)).toEqual(['outcome']);
    const swapped = resigned((made) => made.audit.reverse());
    expect(problemsOf(swapped)).toContain('chain break');
    const forged = resigned((made) => {
      const [, second] = made.audit;
      if (second) second.row['actorName'] = 'Somebody else';
    });
    expect(verifyBundle(forged).problems).toEqual([
      { what: 'chain break', detail: 'Audit row 2: its hash does not fit its content.' },
    ]);
    const relinked = resigned((made) => {
      const [, second] = made.audit;
      if (!second) return;
      second.previous = 'f'.repeat(64);
      second.hash = createHash('sha256')
        .update(Buffer.from(second.previous, 'hex'))
        .update(canonicalJson(second.row))
        .digest('hex');
    });
    expect(problemsOf(relinked)).toEqual(['chain break', 'chain break']);
  });

  it('takes no other key for the trusted one', () => {
    const other = newKey();
    const forged = makeBundle(payload(), other);
    expect(problemsOf(forged)).toEqual(['unknown key']);
    expect(verifyBundle(forged)).toMatchObject({ whole: true, signedBy: { trusted: null } });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (input) => !verifyBundle(input).whole));
    fc.assert(
      fc.property(fc.json(), (input) => !verifyBundle(Buffer.from(input)).whole),
      { numRuns: 500 },
    );
  });
});

const dropped = (at: number) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
const inserted = (at: number, byte: number) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]);
