import { describe, expect, it } from 'vitest';
import { describeDifference, describeFactSpans, factList } from './describe-change.ts';

const span = (from: string, to: string | null, fact: object, source = 'aws') => ({
  source,
  scopeId: 1,
  fact,
  from: new Date(from),
  to: to === null ? null : new Date(to),
  runFrom: `run of ${from}`,
  runTo: to === null ? null : `run of ${to}`,
});

describe('the history of a node', () => {
  it('tells a changed word as one change, not as an end and a beginning', () => {
    const history = describeFactSpans([
      span('2026-01-01', '2026-02-01', { purpose: 'sells' }),
      span('2026-02-01', null, { purpose: 'sells more' }),
    ]);
    expect(history.map((one) => one.what)).toEqual(['changed', 'began']);
    expect(history[0]?.sentence).toBe('purpose: sells → sells more');
  });

  it('tells an absence as an end and the return as a new beginning', () => {
    const history = describeFactSpans([span('2026-01-01', '2026-02-01', {}), span('2026-03-01', null, {})]);
    expect(history.map((one) => [one.what, one.at.slice(0, 10)])).toEqual([
      ['began', '2026-03-01'],
      ['ended', '2026-02-01'],
      ['began', '2026-01-01'],
    ]);
  });

  it('keeps two sources apart', () => {
    const history = describeFactSpans([
      span('2026-01-01', '2026-02-01', {}, 'aws'),
      span('2026-02-01', null, {}, 'register'),
    ]);
    expect(history.filter((one) => one.what === 'changed')).toEqual([]);
  });
});

describe('facts from outside', () => {
  it('may be called __proto__ and constructor', () => {
    const hostile: unknown = JSON.parse('{"__proto__":"a","constructor":{"b":[1]}}');
    expect(factList(hostile)).toEqual([
      { name: '__proto__', value: 'a' },
      { name: 'constructor', value: '{"b":[1]}' },
    ]);
    expect(describeDifference({}, hostile)).toContain('__proto__: none → a');
  });

  it('are cut where they are long', () => {
    expect(factList({ long: 'x'.repeat(5_000) })[0]?.value.length).toBeLessThan(400);
  });
});
