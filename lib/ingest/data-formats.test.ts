import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONNECTORS } from '#lib/connectors/registry.ts';

it('docs/data-formats.md lists every format by its name and title', () => {
  const file = path.resolve(import.meta.dirname, '../../docs/data-formats.md');
  const rows = readFileSync(file, 'utf8').split('\n');
  for (const { name, title, kind } of CONNECTORS) {
    const word = kind === 'events' ? 'log' : 'inventory';
    expect(
      rows.some((row) => row.startsWith(`| \`${name}\` | ${title} | ${word} |`)),
      name,
    ).toBe(true);
  }
});
