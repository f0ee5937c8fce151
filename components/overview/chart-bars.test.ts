import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartBars, niceMaximum } from './chart-bars.ts';

describe('the chart of uses per day', () => {
  it('has a scale of a round number that no bar exceeds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (value) => {
        const most = niceMaximum(value);
        expect(most).toBeGreaterThanOrEqual(value);
        expect(String(most)).toMatch(/^[125]0*$/);
        expect(most).toBeLessThanOrEqual(Math.max(1, value * 2.5));
      }),
    );
  });

  it('draws a bar for every day, inside of the drawing', () => {
    const days = Array.from({ length: 90 }, (_, n) => ({ day: String(n), allowed: n, refused: 90 - n }));
    const bars = chartBars(days, { width: 720, height: 100, most: 100 });
    expect(bars).toHaveLength(90);
    for (const bar of bars) {
      expect(bar.x + bar.width).toBeLessThanOrEqual(720);
      expect(bar.allowed + bar.refused).toBeLessThanOrEqual(100);
    }
  });

  it('draws nothing for no days', () => {
    expect(chartBars([], { width: 720, height: 100, most: 1 })).toEqual([]);
  });
});
