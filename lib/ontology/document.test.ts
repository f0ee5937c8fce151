import path from 'node:path';
import { expect, it } from 'vitest';
import { ontologyDocument } from './document.ts';
import { fits } from './edge-kinds.ts';
import { hopSentence } from './hop.ts';

it('docs/ontology.md says what the tables say', async () => {
  const file = path.resolve(import.meta.dirname, '..', '..', 'docs', 'ontology.md');
  await expect(ontologyDocument()).toMatchFileSnapshot(file);
});

it('lets an edge stand only between the kinds that the table names', () => {
  expect(fits('authenticates', 'credential', 'service_account')).toBe(true);
  expect(fits('authenticates', 'service_account', 'credential')).toBe(false);
  expect(fits('owns', 'service', 'resource')).toBe(false);
});

it('tells a hop as a sentence with its level, its statement, its conditions and its last use', () => {
  const hop = { fromName: 'stores', kind: 'grants', toName: 'ledger', level: 'write' } as const;
  expect(hopSentence(hop)).toBe('stores may write to ledger.');
  expect(
    hopSentence({ ...hop, via: '#1', conditional: true, lastUsed: new Date('2026-01-02T03:04:05Z') }),
  ).toBe('stores may write to ledger (#1), under conditions; last used 2026-01-02.');
});
