import { expect, test } from 'vitest';
import { collect, sampleOf } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { codeowners } from './connector.ts';
import { parseOwnerLine } from './parse-line.ts';

const read = (text: string, tenant?: string, file = 'CODEOWNERS'): Collected => {
  const defaults = tenant === undefined ? {} : { tenant };
  const found = collect(codeowners, { file, text, syntax: 'text' }, { defaults });
  expect(found.breaches()).toEqual([]);
  return found;
};

test.each([
  [
    '*.js @a @org/b dev@example.com # why',
    { kind: 'rule', pattern: '*.js', owners: ['@a', '@org/b', 'dev@example.com'] },
  ],
  ['path\\ with\\ blank/ @a', { kind: 'rule', pattern: 'path with blank/', owners: ['@a'] }],
  ['\\#file @a', { kind: 'rule', pattern: '#file', owners: ['@a'] }],
  ['/apps/github', { kind: 'rule', pattern: '/apps/github', owners: [] }],
  ['^[Docs][2] @org/docs', { kind: 'section', name: 'Docs', owners: ['@org/docs'] }],
  ['  # only a comment', null],
])('%s', (line, expected) => {
  expect(parseOwnerLine(line)).toEqual(expected);
});

test('the last rule of a pattern wins, one without owners removes ownership, a catch-all is about the repository', () => {
  const found = read('* @org/all\n/docs/ @ann\n/docs/ @org/docs\n/vendor/\n', 'Org/Repo');
  expect(found.claims.map(({ owner, node }) => [owner, node])).toEqual([
    ['github://teams/org/all', 'github://repos/org/repo'],
    ['github://teams/org/docs', 'github://repos/org/repo/paths//docs/'],
  ]);
  expect(found.nodes.get('github://repos/org/repo/paths//vendor/')?.props?.['ownershipRemoved']).toBe(true);
});

test('without a stated repository the folder names it, and without one nothing is guessed', () => {
  expect(read('* @a', undefined, 'shop/.github/CODEOWNERS').claims[0]?.node).toBe('repository://shop');
  expect(read('* @a').rejected[0]?.reason).toMatch(/state it as the tenant/);
});

test('section owners are the default of the rules below', () => {
  expect(read('[Docs] @org/docs\n/docs/\n/api/ @ann', 'o/r').claims.map(({ owner }) => owner)).toEqual([
    'github://teams/org/docs',
    'github://users/ann',
  ]);
});

test('owner rules are recognised, prose and tables are not', () => {
  expect(codeowners.recognise(sampleOf('# all\n* @org/a\n/x @b c@d.e', 'x', 'text'))).toBeGreaterThan(0.8);
  expect(codeowners.recognise(sampleOf('Dear all,\nwrite to me@example.com', 'CODEOWNERS', 'text'))).toBe(0);
});

type Expected = { codeowners: { rules: number; rules_by_owner: Record<string, number> }[] };

test.skipIf(!hasSharedData)('the public file gives the counted rules and owners', () => {
  const expected = (expectedCounts('backstage') as Expected).codeowners[0];
  const [input] = sharedInputs('codeowners');
  const found = read(input?.text ?? '', 'argoproj/argo-cd');
  const counts = new Map<string, number>();
  for (const { owner } of found.claims) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const wanted = Object.entries(expected?.rules_by_owner ?? {}).map(([name, count]) => [
    `github://teams/${name.slice(1)}`,
    count,
  ]);
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(wanted));
  expect(new Set(found.claims.map(({ node }) => node)).size).toBe(expected?.rules);
});
