import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANVAS_COLOURS, NODE_COLOURS } from '#components/ui/node-colours.ts';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';

const css = readFileSync(path.join(import.meta.dirname, '../../app/globals.css'), 'utf8');
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function colour(name: string, theme: Theme): string {
  const found = tokens.get(name)?.[theme];
  if (found === undefined) throw new Error(`globals.css has no colour --${name}`);
  return found;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'];
const STATES = ['critical', 'high', 'medium', 'low', 'info', 'success'];

const textPairs = [
  ...['ink', 'ink-muted', 'ink-faint', 'accent-text'].flatMap((text) =>
    SURFACES.map((surface) => [text, surface]),
  ),
  ...STATES.flatMap((state) =>
    [`${state}-soft`, 'surface', 'canvas', 'raised'].map((under) => [`${state}-ink`, under]),
  ),
  ['accent-text', 'accent-soft'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['critical-contrast', 'critical'],
  ['critical-contrast', 'critical-hover'],
  ['canvas', 'ink'],
];

const drawnPairs = [
  ...['line-strong', 'accent', ...STATES].flatMap((mark) => [
    [mark, 'surface'],
    [mark, 'canvas'],
  ]),
  ...NODE_KIND_NAMES.map((kind) => [`node-${kind.replace('_', '-')}`, 'surface']),
];

describe.each(THEMES)('%s theme', (theme) => {
  it.each(textPairs)('%s on %s has the 4.5:1 of WCAG 1.4.3', (text = '', under = '') => {
    expect(contrast(colour(text, theme), colour(under, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(drawnPairs)('%s on %s has the 3:1 of WCAG 1.4.11', (mark = '', under = '') => {
    expect(contrast(colour(mark, theme), colour(under, theme))).toBeGreaterThanOrEqual(3);
  });

  it('gives drawings the very colours of the style sheet', () => {
    expect(Object.keys(NODE_COLOURS).sort()).toEqual([...NODE_KIND_NAMES].sort());
    for (const kind of NODE_KIND_NAMES) {
      expect(NODE_COLOURS[kind][theme]).toBe(colour(`node-${kind.replace('_', '-')}`, theme));
    }
    expect(CANVAS_COLOURS[theme]).toEqual({
      canvas: colour('canvas', theme),
      ink: colour('ink', theme),
      inkMuted: colour('ink-muted', theme),
      line: colour('line-strong', theme),
      accent: colour('accent', theme),
      danger: colour('critical', theme),
    });
  });
});
