import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitVisible, visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['payroll-api', 'payroll-api'],
    ['pay\u202elor', 'pay‹U+202E›lor'],
    ['a\u200bb', 'a‹U+200B›b'],
    ['line\nbreak\u0000', 'line‹U+000A›break‹U+0000›'],
    ['\ud800', '‹U+D800›'],
    ['tag\u{e0041}', 'tag‹U+E0041›'],
    ['Zürich 東京 מערכת 🧪', 'Zürich 東京 מערכת 🧪'],
  ])('%j reads %s', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('leaves no bidirectional control, zero-width character or lone surrogate in anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(
          /[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/u,
        );
      }),
    );
  });

  it('keeps every visible character in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const kept = splitVisible(text).filter((part) => !part.isEscape);
        expect(kept.map((part) => part.text).join('')).toBe(text.replace(/\p{Cc}/gu, ''));
      }),
    );
  });
});
