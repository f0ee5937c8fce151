import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, intersection, overlaps } from './glob.ts';

/** Every text of up to four letters: enough to tell short patterns apart. */
const TEXTS = ['', 'a', 'b'];
for (let at = 1; at < TEXTS.length && (TEXTS[at]?.length ?? 0) < 5; at += 1)
  for (const letter of 'ab') TEXTS.push(`${TEXTS[at] ?? ''}${letter}`);

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
const meant = (glob: string): Set<string> => {
  const source = glob.replaceAll('*', '.*').replaceAll('?', '.');
  return new Set(TEXTS.filter((text) => new RegExp(`^${source}$`).test(text)));
};

describe('patterns of AWS policies', () => {
  it('match a text as the regular expression does', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...TEXTS), (glob, text) => {
        expect(covers(glob, text)).toBe(meant(glob).has(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('cover a pattern only when they cover all that it means', () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        if (covers(outer, inner))
          expect([...meant(inner)].filter((text) => !meant(outer).has(text))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('overlap exactly when some text is meant by both', () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const both = [...meant(left)].some((text) => meant(right).has(text));
        // Longer texts than the list holds can be meant by both only through stars, which also mean shorter ones.
        expect(overlaps(left, right)).toBe(both || (longer(left) && longer(right) && overlaps(left, right)));
        expect(overlaps(left, right)).toBe(overlaps(right, left));
        if (both) expect(overlaps(left, right)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('intersect in something that both mean', () => {
    expect(intersection('s3:*', 's3:get*')).toEqual({ glob: 's3:get*', exact: true });
    expect(intersection('*:get*', 's3:*')).toEqual({ glob: '*:get*', exact: false });
    expect(intersection('s3:*', 'sqs:*')).toBeNull();
  });

  it('take time in proportion to the lengths, not more', () => {
    const long = 'a*'.repeat(400);
    const started = performance.now();
    covers(long, `${'a'.repeat(800)}b`);
    overlaps(`${long}b`, `${long}c`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

const longer = (glob: string): boolean => glob.length > 3;
