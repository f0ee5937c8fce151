import { AppError } from '#lib/core/errors.ts';

const DEPTH_MAX = 64;
/** Names that reach an object's prototype in careless code; no input of ours has a use for them. */
const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses JSON of which every reader makes the same: nested at most 64 deep, no name twice in one object, no names of
 * prototypes, no lone surrogates. Throws `invalid_input`.
 */
export function parseStrictJson(text: string): unknown {
  if (!text.isWellFormed()) throw invalid('holds half of a character');
  if (depthOf(text) > DEPTH_MAX) throw invalid(`is nested deeper than ${DEPTH_MAX} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('is not valid JSON', cause);
  }
  assertPlainNames(text);
  return value;
}

function invalid(what: string, cause?: unknown): AppError {
  return new AppError('invalid_input', `The body ${what}.`, cause === undefined ? {} : { cause });
}

/** Deepest nesting of brackets outside strings, found before anything is built. */
function depthOf(text: string): number {
  let deepest = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

/** Index of the quote that closes the string that opens at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** The text is known to be valid JSON: a string that an object expects at its beginning or after a comma is a name. */
function assertPlainNames(text: string): void {
  const open: (Set<string> | null)[] = [];
  let expectsName = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const end = endOfString(text, i);
      if (expectsName) addName(open.at(-1), JSON.parse(text.slice(i, end + 1)) as string);
      expectsName = false;
      i = end;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      expectsName = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
      expectsName = false;
    } else if (char === ',') expectsName = open.at(-1) instanceof Set;
  }
}

function addName(names: Set<string> | null | undefined, name: string): void {
  if (PROTOTYPE_NAMES.has(name) || names?.has(name) === true)
    throw invalid(names?.has(name) === true ? 'names something twice' : `names “${name}”, which is refused`);
  names?.add(name);
}
