import { describe, expect, it } from 'vitest';
import { ACCEPTED_DAYS_MAX, acceptanceProblem } from './acceptance.ts';
import { RULES, ruleOf } from './all-rules.ts';
import { referenceOf } from './references.ts';
import { evidenceOf } from './rule.ts';
import { RULE_IDS } from './rule-ids.ts';

describe('the rules', () => {
  it('are as many as their names, each with a title, a reason, a remedy and references', () => {
    expect(RULES.map((rule) => rule.id)).toEqual([...RULE_IDS]);
    expect(new Set(RULES.map((rule) => rule.title)).size).toBe(RULES.length);
    for (const id of RULE_IDS) {
      const rule = ruleOf(id);
      expect([rule.title, rule.why, rule.remedy].every((text) => text.length > 10)).toBe(true);
      expect(
        rule.references.map(referenceOf).some(({ framework }) => framework.includes('NHI Top 10 2025')),
      ).toBe(true);
    }
  });
});

describe('evidence', () => {
  it('keeps 25 points and counts the rest', () => {
    const points = Array.from({ length: 40 }, (_, n) => ({ text: String(n) }));
    expect(evidenceOf('many', points)).toMatchObject({ more: 15 });
    expect(evidenceOf('many', points).points).toHaveLength(25);
    expect(evidenceOf('some of many', points, 1_000).more).toBe(975);
  });
});

describe('an acceptance', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const after = (days: number) => new Date(now.getTime() + days * 86_400_000);
  it('ends in the future, within a year', () => {
    expect(acceptanceProblem(after(-1), now)).toMatch(/future/);
    expect(acceptanceProblem(now, now)).toMatch(/future/);
    expect(acceptanceProblem(after(1), now)).toBeNull();
    expect(acceptanceProblem(after(ACCEPTED_DAYS_MAX), now)).toBeNull();
    expect(acceptanceProblem(after(ACCEPTED_DAYS_MAX + 1), now)).toMatch(/year/);
  });
});
