import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, matchScope, observedUse } from './observation.ts';

const aws = { provider: 'aws', tenant: '123456789012' };
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
const span = (from: number, to: number, scope = 'aws:123456789012') => ({
  source: 'trail',
  scope,
  from: day(from),
  to: day(to),
});

describe('matchScope', () => {
  it.each([
    ['aws:123456789012', 'whole'],
    ['123456789012', 'whole'],
    ['aws://123456789012/cloudtrail', 'whole'],
    ['aws:123456789012:eu-central-1', 'part'],
    ['aws:999999999999', 'none'],
    ['gcp:123456789012', 'none'],
    ['aws:1234567890123', 'none'],
    ['', 'none'],
  ])('%s is %s', (scope, match) => {
    expect(matchScope(scope, aws)).toBe(match);
  });

  it('says nothing of a thing whose tenant nobody states', () => {
    expect(matchScope('aws:123456789012', { provider: 'aws', tenant: null })).toBe('none');
  });
});

describe('coverageOf', () => {
  it('adds up overlapping spans once and names the gaps between them', () => {
    const coverage = coverageOf([span(0, 3), span(2, 5), span(8, 10)], [aws], day(0), day(20));
    expect(coverage).toMatchObject({ coveredDays: 7, ofDays: 20, from: day(0).toISOString() });
    expect(coverage.gaps).toEqual([{ from: day(5).toISOString(), to: day(8).toISOString() }]);
  });

  it('never counts a part of the scope as having watched', () => {
    const coverage = coverageOf([span(0, 9, 'aws:123456789012:us-east-1')], [aws], day(0), day(9));
    expect(coverage.coveredDays).toBe(0);
    expect(observedUse(0, coverage)).toBe('unobservable');
  });

  it('covers at most what was looked at, whatever the spans', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })));
    fc.assert(
      fc.property(spans, (pairs) => {
        const given = pairs.map(([a, b]) => span(Math.min(a, b), Math.max(a, b)));
        const { coveredDays } = coverageOf(given, [aws], day(10), day(60));
        const naive = Array.from({ length: 50 }, (_, d) => 10 + d).filter((d) =>
          given.some((s) => s.from <= day(d) && s.to >= day(d + 1)),
        ).length;
        expect(coveredDays).toBe(naive);
      }),
    );
  });
});
