import fc from 'fast-check';

/** What a mutation puts in place of a member: the values that break readers. */
const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  '*',
  '%',
  '%7B%22',
  '{"a":',
  '__proto__',
  '\ud800',
  '\u0000',
  'a'.repeat(20_000),
  '*?'.repeat(500),
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  [null],
  ['x', 1, null, {}],
  { constructor: 1, hasOwnProperty: 2 },
  JSON.parse('{"__proto__":{"polluted":true},"toString":1}'),
  'arn:aws:iam::aws:policy/x',
  'arn:::::',
  'arn:aws:iam::1:root',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
];

/** A valid input with a few of its members replaced, removed or renamed; deterministic for a seed. */
export function mutations(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const edit = fc.record({
    at: fc.nat(),
    value: fc.oneof(fc.constantFrom(...NASTY), fc.string(), fc.jsonValue({ maxDepth: 3 })),
    how: fc.constantFrom('replace', 'remove', 'rename' as const),
  });
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([sample, edits]) => {
      const copy: unknown = structuredClone(sample);
      for (const one of edits) mutate(copy, one);
      return copy;
    });
}

type Edit = { at: number; value: unknown; how: 'replace' | 'remove' | 'rename' };
type Place = { parent: Record<string, unknown> | unknown[]; key: string };

function mutate(root: unknown, { at, value, how }: Edit): void {
  const places: Place[] = [];
  collectPlaces(root, places);
  const place = places[at % Math.max(places.length, 1)];
  if (place === undefined) return;
  const parent = place.parent as Record<string, unknown>;
  if (how === 'replace') parent[place.key] = structuredClone(value);
  else {
    const member = parent[place.key];
    if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1);
    else {
      Reflect.deleteProperty(parent, place.key);
      if (how === 'rename') parent[place.key.toLowerCase()] = member;
    }
  }
}

function collectPlaces(value: unknown, places: Place[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    places.push({ parent: value as Record<string, unknown>, key });
    collectPlaces((value as Record<string, unknown>)[key], places);
  }
}
