import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from './env.ts';

const example = readFileSync(path.resolve(import.meta.dirname, '..', '.env.example'), 'utf8');
const settings = new Map(
  [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

describe('.env.example', () => {
  it('names every setting, each with a word on it, and no other', () => {
    expect([...settings.keys()].sort()).toEqual(Object.keys(environmentSchema.shape).sort());
    const paragraphs = example.split('\n\n').filter((paragraph) => /^[A-Z_]+=/m.test(paragraph));
    for (const paragraph of paragraphs) expect(paragraph, paragraph).toMatch(/^# |^OIDC_SCOPES=/);
  });

  it('shows the defaults, so that an unchanged copy changes nothing', () => {
    expect(environmentSchema.parse(Object.fromEntries(settings))).toEqual(environmentSchema.parse({}));
  });
});
