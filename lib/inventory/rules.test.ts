import { describe, expect, it } from 'vitest';
import { answerQuestions, type QuestionFacts } from './rules.ts';

const NOTHING: QuestionFacts = {
  kind: 'role',
  boundTo: null,
  runtimeAuthorised: null,
  workloads: [],
  people: [],
  peopleSeen: [],
  credentials: { standing: 0, dated: 0, short: 0 },
  sessions: 0,
  permissions: { total: 0, conditional: 0 },
  uses: { count: 0, callers: [], last: null },
  observed: null,
};
const verdicts = (facts: Partial<QuestionFacts>) =>
  Object.fromEntries(
    answerQuestions({ ...NOTHING, ...facts }).map(({ question, verdict }) => [question, verdict]),
  );

describe('the four questions', () => {
  it('are all answered "not known" when nothing is known, each with what would be needed', () => {
    const answers = answerQuestions(NOTHING);
    expect(answers.map((one) => one.answer)).toEqual(['Not known', 'Not known', 'Not known', 'Not known']);
    expect(answers.every((one) => one.evidence.length > 0)).toBe(true);
  });

  it('tell a workload from a person, and say when it is both', () => {
    expect(verdicts({ workloads: ['checkout'] })['bound_to']).toBe('good');
    expect(verdicts({ peopleSeen: ['Ada'] })['bound_to']).toBe('bad');
    expect(verdicts({ workloads: ['checkout'], people: ['Ada'] })['bound_to']).toBe('mixed');
    expect(verdicts({ kind: 'agent' })['bound_to']).toBe('good');
  });

  it('call sessions short-lived and one standing key not, whatever stands beside it', () => {
    expect(verdicts({ sessions: 2 })['short_lived']).toBe('good');
    expect(verdicts({ credentials: { standing: 1, dated: 0, short: 0 } })['short_lived']).toBe('bad');
    expect(verdicts({ sessions: 2, credentials: { standing: 1, dated: 0, short: 0 } })['short_lived']).toBe(
      'mixed',
    );
    expect(
      verdicts({ kind: 'credential', credentials: { standing: 0, dated: 0, short: 1 } })['short_lived'],
    ).toBe('good');
  });

  it('believe the source on run-time authorisation, and otherwise look at the conditions', () => {
    expect(verdicts({ runtimeAuthorised: true })['run_time']).toBe('good');
    expect(verdicts({ runtimeAuthorised: false })['run_time']).toBe('bad');
    expect(verdicts({ permissions: { total: 4, conditional: 4 } })['run_time']).toBe('mixed');
    expect(verdicts({ permissions: { total: 4, conditional: 0 } })['run_time']).toBe('bad');
  });

  it('never take silence for disuse: without a log that looks, revoking is "not known"', () => {
    expect(verdicts({ observed: { source: 'trail', days: 90 } })['revocable']).toBe('good');
    expect(verdicts({ observed: null })['revocable']).toBe('unknown');
    const used = { count: 3, callers: ['checkout'], last: '2026-11-01T00:00:00Z' };
    expect(verdicts({ uses: used, observed: { source: 'trail', days: 90 } })['revocable']).toBe('bad');
  });
});
