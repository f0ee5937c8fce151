import { describe, expect, it } from 'vitest';
import { FIRST_STATE } from './graph-address.ts';
import { reasonsOf } from './left-out.tsx';

const view = (more: Partial<Parameters<typeof reasonsOf>[0]> = {}) => ({
  ...{ reached: 18_310, matching: 18_310, hidden: { hops: 0, conditional: 0 } },
  ...more,
});
const lifts = (...call: Parameters<typeof reasonsOf>) => reasonsOf(...call).map(({ lifted }) => lifted);

describe('reasonsOf', () => {
  it('names nothing when all is drawn', () => {
    expect(reasonsOf(view({ reached: 9, matching: 9 }), 9, FIRST_STATE)).toEqual([]);
  });

  it('raises the limit step by step, up to what can be drawn', () => {
    expect(reasonsOf(view(), 240, FIRST_STATE)).toMatchObject([
      { text: 'the limit of 240 (18,070)', remedy: 'draw 480', lifted: { limit: 480 } },
    ]);
    expect(lifts(view(), 600, { ...FIRST_STATE, limit: 600 })).toEqual([{ limit: 1_000 }]);
    expect(lifts(view(), 1_000, { ...FIRST_STATE, limit: 1_000 })).toEqual([null]);
  });

  it('gives each filter that hides something its own way out', () => {
    const hidden = view({ reached: 100, matching: 10, hidden: { hops: 5, conditional: 7 } });
    const state = { ...FIRST_STATE, kinds: ['role'] as const, sensitiveOnly: true, hops: 2 };
    expect(lifts(hidden, 10, state)).toEqual([
      { kinds: [] },
      { sensitiveOnly: false },
      { hops: null },
      { isConditional: true },
    ]);
  });
});
