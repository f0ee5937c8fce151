import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const isPrototypeName = (name: string) => ['__proto__', 'constructor', 'prototype'].includes(name);
const hasPrototypeName = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.keys(value).some(isPrototypeName) || Object.values(value).some(hasPrototypeName));

describe('parseStrictJson', () => {
  it('reads what JSON.parse reads, but for what it refuses', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (text, space) => {
        const value: unknown = JSON.parse(text);
        fc.pre(!hasPrototypeName(value) && text.isWellFormed());
        expect(parseStrictJson(JSON.stringify(value, null, space))).toEqual(value);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'twice'],
    ['{"a":1,"\\u0061":2}', 'twice'],
    ['[{"x":{"b":1, "c":[{}], "b":2}}]', 'twice'],
    ['{"__proto__":{"x":1}}', '__proto__'],
    ['{"\\u005f_proto__":1}', '__proto__'],
    ['{"a":{"constructor":{"prototype":{}}}}', 'constructor'],
    ['{"a":"\ud800"}', 'half'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'deeper'],
    ['['.repeat(200_000), 'deeper'],
    ['{"a":1}x', 'valid'],
    ['', 'valid'],
    ['{"a', 'valid'],
    ['"\\', 'valid'],
  ])('refuses %.60j', (text, reason) => {
    expect(() => parseStrictJson(text)).toThrow(reason);
  });

  it('leaves every prototype alone', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          parseStrictJson(text.replaceAll(/"[^"]{3}/g, '"__proto__'));
        } catch {
          // refused, which is as good
        }
        expect(({} as { x?: unknown }).x).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('allows the same name in different objects and as a value', () => {
    const text = '{"a":{"a":"a"},"b":["a","a",{"a":1},{"a":"constructor"}]}';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });
});
