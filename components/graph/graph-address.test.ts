import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NODES_DRAWN_MAX, REACH_SORTS } from '#lib/exposure/schema.ts';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import {
  changeGraphState,
  FIRST_STATE,
  graphHref,
  readGraphState,
  writeGraphState,
  type GraphState,
} from './graph-address.ts';

const read = (query: string) => readGraphState(new URLSearchParams(query));
const key = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed());
const kinds = fc.subarray([...NODE_KIND_NAMES]);
const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 999_999 }), { maxLength: 20 });

const states: fc.Arbitrary<GraphState> = fc.record({
  ...{ key: fc.option(key), selected: fc.option(key), to: fc.option(key), kinds, avoid: kinds },
  view: fc.constantFrom('radius' as const, 'expand' as const, 'paths' as const),
  direction: fc.constantFrom('from' as const, 'into' as const),
  mode: fc.constantFrom('granted' as const, 'exercised' as const, 'unused' as const),
  panel: fc.constantFrom('reached' as const, 'node' as const, 'choke' as const),
  sort: fc.constantFrom(...REACH_SORTS),
  ...{ isConditional: fc.boolean(), sensitiveOnly: fc.boolean() },
  hops: fc.option(fc.integer({ min: 1, max: 10_000 })),
  asOf: fc.option(fc.constantFrom('2026-02-28', '2024-02-29')),
  offset: fc.integer({ min: 0, max: 999_999 }),
  limit: fc.integer({ min: 1, max: NODES_DRAWN_MAX }),
  paths: fc.integer({ min: 1, max: 20 }),
  ...{ withoutEdges: numbers, withoutNodes: numbers },
  opened: fc.array(
    fc.record({
      key,
      direction: fc.constantFrom('from' as const, 'into' as const),
      cluster: fc.constantFrom(null, 'grants.resource', 'assumes.service_account'),
    }),
    { maxLength: 4 },
  ),
});

describe('the address', () => {
  it('holds the whole state, whatever the keys are made of', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(readGraphState(new URLSearchParams(writeGraphState(state).toString()))).toEqual(state);
      }),
    );
  });

  it('is short while nothing is chosen', () => {
    expect(graphHref(FIRST_STATE)).toBe('/graph');
    expect(graphHref({ ...FIRST_STATE, key: 'a:b' })).toBe('/graph?key=a%3Ab');
  });

  it.each([
    'view=pie&mode=all&direction=up&sort=name&panel=x',
    'hops=-1&limit=many&paths=1e9x&asOf=2026-13-45&offset=NaN',
    'kinds=wizard&avoid=,,&withoutEdges=a,b&open=from~nonsense~k&open=zzz',
  ])('takes what makes no sense as not given: %s', (query) => {
    expect(read(query)).toEqual(FIRST_STATE);
  });

  it('never asks for more nodes than are drawn', () => {
    expect(read('limit=999999').limit).toBe(NODES_DRAWN_MAX);
  });
});

describe('a change', () => {
  const state: GraphState = {
    ...FIRST_STATE,
    key: 'a',
    offset: 50,
    selected: 'b',
    withoutEdges: [1],
    mode: 'exercised',
  };

  it('of the start forgets what was about the former one, and keeps how one looks', () => {
    const next = changeGraphState(state, { key: 'c' });
    expect(next).toMatchObject({ key: 'c', selected: null, withoutEdges: [], offset: 0, mode: 'exercised' });
  });

  it('of the question leads back to the first rows', () => {
    expect(changeGraphState(state, { mode: 'granted' }).offset).toBe(0);
    expect(changeGraphState(state, { selected: 'd' }).offset).toBe(50);
  });
});
