/**
 * Characters that change how other text looks without being seen: C0/C1 controls, bidirectional controls (UAX #9), zero-width
 * characters, soft hyphen, line and paragraph separators, variation selectors of the tag block, lone surrogates.
 */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}\p{Cs}]/gu;

/** One run of text; `isEscape` where it stands for a character that would not be seen. */
export type TextPart = { text: string; isEscape: boolean };

/** Splits a name from outside into what may be shown as it is and escapes such as `U+202E` for what would deceive the eye. */
export function splitVisible(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isEscape: false });
    parts.push({ text: codePointName(match[0]), isEscape: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isEscape: false });
  return parts;
}

/** The same as one string, for titles, labels on a canvas and tooltips: `pay‹U+202E›lor`. */
export function visibleText(text: string): string {
  return splitVisible(text)
    .map((part) => (part.isEscape ? `‹${part.text}›` : part.text))
    .join('');
}

function codePointName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
