import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collect, sampleOf } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { bailiwick, readHeader } from './connector.ts';
import { jsonSchemaText } from './json-schema.ts';
import { lineSchema } from './schema.ts';

const HEADER = { bailiwick: 1, source: 'inventory', scopes: [{ scope: 'shop', complete: true }] };
const SERVICE = { key: 'svc:checkout', kind: 'service', name: 'Checkout' };
const STORE = { key: 'db:orders', kind: 'resource', type: 'datastore' };

const read = (...lines: unknown[]): Collected =>
  collect(bailiwick, {
    file: 'shop.ndjson',
    text: [HEADER, ...lines].map((line) => JSON.stringify(line)).join('\n'),
    syntax: 'json',
  });

const reason = (line: unknown): string =>
  read({ node: SERVICE }, { node: STORE }, line).rejected[0]?.reason ?? 'accepted';

test('every kind of fact comes through as it stands, nodes as inventory', () => {
  const found = read(
    { node: SERVICE, scope: 'shop' },
    { node: STORE },
    {
      edge: { from: SERVICE.key, kind: 'grants', to: STORE.key, level: 'read', qualifier: 'app' },
      scope: 'shop',
    },
    {
      event: {
        id: '1',
        time: '2025-05-01T02:00:00+02:00',
        actor: SERVICE.key,
        action: 'db:Query',
        outcome: 'allowed',
      },
    },
    { node: { key: 'team:shop', kind: 'team' } },
    { claim: { owner: 'team:shop', node: SERVICE.key, basis: 'register', evidence: 'row 7', confidence: 1 } },
    { alias: { alias: 'checkout', key: SERVICE.key } },
    { window: { scope: 'shop', from: '2025-01-01T00:00:00Z', to: '2025-06-01T00:00:00Z' } },
  );
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.nodes.get(SERVICE.key)).toEqual({ ...SERVICE, standing: 'inventory', scope: 'shop' });
  expect(found.triples()).toEqual(['svc:checkout grants db:orders']);
  expect(found.events[0]?.time).toBe('2025-05-01T00:00:00Z');
  expect([found.claims.length, found.aliases.length, found.windows.length, found.scopes.length]).toEqual([
    1, 1, 1, 1,
  ]);
});

test.each([
  [{ node: { ...SERVICE, colour: 'red' } }, 'node: unknown field colour'],
  [{ node: SERVICE, note: 'x' }, 'unknown field note'],
  [{ node: SERVICE, edge: {} }, 'the line must hold exactly one of node, edge, event, claim, alias, window'],
  [{ something: 1 }, 'the line must hold exactly one of node, edge, event, claim, alias, window'],
  [{ node: { key: 'x', kind: 'robot' } }, /^node\.kind: Invalid option/],
  [{ node: { ...SERVICE, kind: 'agent' } }, 'node: the key was stated before as service, now as agent'],
  [
    { edge: { from: STORE.key, kind: 'assumes', to: SERVICE.key } },
    'edge: assumes cannot stand between a resource and a service',
  ],
  [
    { edge: { from: SERVICE.key, kind: 'grants', to: STORE.key } },
    'edge: grants needs a level (read, use, write or admin)',
  ],
  [
    { event: { id: '1', time: 'yesterday', actor: 'a', action: 'b', outcome: 'allowed' } },
    /^event\.time: Invalid string/,
  ],
  [
    { event: { id: '1', time: '0001-01-01T00:00:00Z', actor: 'a', action: 'b', outcome: 'allowed' } },
    'time: not a time between 1990 and 2199',
  ],
  [{ alias: { alias: 'a', key: 'b' }, scope: 'shop' }, 'scope: alias takes none'],
  [{ node: { key: 'x\u0000', kind: 'service' } }, /NUL/],
  [{ node: { key: '\ud800', kind: 'service' } }, /surrogate/],
  [{ node: { key: 'k'.repeat(1025), kind: 'service' } }, /^node\.key: Too big/],
  [
    { window: { scope: 's', from: '2025-02-01T00:00:00Z', to: '2025-01-01T00:00:00Z' } },
    'window: it ends before it begins',
  ],
  [[1], 'the line is not a JSON object'],
])('%j is rejected with the reason', (line, expected) => {
  expect(reason(line)).toMatch(
    typeof expected === 'string' ? new RegExp(`^${expected.replace(/[()]/g, '\\$&')}$`) : expected,
  );
});

test('deep nesting is rejected, not a crash', () => {
  let props: unknown = {};
  for (let depth = 0; depth < 2000; depth += 1) props = { a: props };
  expect(reason({ node: { ...SERVICE, props } })).toMatch(/nested more than 10 levels/);
});

test('a file without the header is rejected line by line', () => {
  const found = collect(bailiwick, { file: 'x', text: JSON.stringify({ node: SERVICE }), syntax: 'json' });
  expect(found.rejected[0]?.reason).toMatch(/first line must be the header/);
});

test('names of an external object never reach the prototype', () => {
  const found = read(
    JSON.parse('{"node":{"key":"x","kind":"service","labels":{"__proto__":"y","constructor":"z"}}}'),
  );
  expect(found.rejected).toEqual([]);
  expect(Object.getPrototypeOf(found.nodes.get('x')?.labels)).toBe(Object.prototype);
});

test('the header is recognised and nothing else is', () => {
  expect(
    bailiwick.recognise(sampleOf(`${JSON.stringify(HEADER)}\n${JSON.stringify({ node: SERVICE })}`)),
  ).toBe(1);
  expect(bailiwick.recognise(sampleOf('{"Records":[]}'))).toBe(0);
  expect(readHeader({ bailiwick: 2, source: 'x' })).toBeNull();
});

test('what the reader takes is exactly what the schema allows, apart from rules a schema cannot say', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.object({ maxDepth: 2 }),
  );
  const event = fc.record(
    {
      id: fc.oneof(fc.string({ minLength: 1 }), anything),
      time: fc.oneof(fc.constant('2025-01-01T00:00:00Z'), anything),
      actor: fc.oneof(fc.constant('svc:checkout'), anything),
      action: fc.oneof(fc.string({ minLength: 1 }), anything),
      outcome: fc.oneof(fc.constantFrom('allowed', 'denied', 'failed'), anything),
      chain: fc.oneof(fc.array(fc.string({ minLength: 1 })), anything),
      extra: anything,
    },
    { requiredKeys: ['id', 'time'] },
  );
  fc.assert(
    fc.property(event, (fields) => {
      const line = JSON.parse(JSON.stringify({ event: fields })) as unknown;
      const allowed = lineSchema.safeParse(line).success && !/\\u0000/.test(JSON.stringify(line));
      expect(read(line).rejected.length === 0).toBe(allowed);
    }),
    { numRuns: 500 },
  );
});

test('docs/formats/bailiwick.schema.json is current (write-schema.ts writes it)', () => {
  const file = path.resolve(import.meta.dirname, '../../../docs/formats/bailiwick.schema.json');
  expect(readFileSync(file, 'utf8')).toBe(jsonSchemaText());
});
