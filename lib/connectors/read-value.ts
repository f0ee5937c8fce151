import { isObject } from '#lib/core/json.ts';
import { RejectedRecord } from './connector.ts';

/** Longest text that is kept as an attribute, in UTF-16 units; longer ones are cut. */
const TEXT_LENGTH_MAX = 500;
/** Longest text that may become part of a key; a record with a longer one is rejected, since cutting would merge things. */
export const ID_LENGTH_MAX = 300;

const NUL = /\0/g;

/**
 * Value of a field, whatever the case of its name: exports that went through a warehouse lower-case their keys.
 * Own fields only, so `__proto__` and `constructor` are ordinary names.
 */
export function field(source: unknown, name: string): unknown {
  if (!isObject(source)) return undefined;
  if (Object.hasOwn(source, name)) return source[name];
  const wanted = name.toLowerCase();
  for (const key of Object.keys(source)) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return source[key];
  }
  return undefined;
}

/** Value at a path of fields; undefined when any of them is missing. */
export function at(source: unknown, ...names: string[]): unknown {
  let value = source;
  for (const name of names) value = field(value, name);
  return value;
}

/** Elements of a list; a list of one that a writer collapsed to its element, null and absence are lists too. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === null ? [] : [value];
}

/** Non-empty text that Postgres can hold (no NUL, no lone surrogate), cut at `max`; numbers count as text. */
export function text(value: unknown, max = TEXT_LENGTH_MAX): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  let clean = value.trim();
  if (clean === '') return undefined;
  if (clean.length > max) clean = clean.slice(0, max);
  if (clean.includes('\0')) clean = clean.replace(NUL, '\uFFFD');
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}

/** Text that identifies something; undefined when absent, RejectedRecord when it is too long to be a name. */
export function id(value: unknown, what: string, max = ID_LENGTH_MAX): string | undefined {
  if (typeof value === 'string' && value.length > max) {
    throw new RejectedRecord(`${what} is longer than ${max} characters`);
  }
  return text(value, max);
}

/** Identifying texts of a list, without empty ones. */
export function ids(value: unknown, what: string, max = ID_LENGTH_MAX): string[] {
  return list(value)
    .map((one) => id(one, what, max))
    .filter((one) => one !== undefined);
}

/** As `id`, but the record is rejected without it. */
export function requiredId(value: unknown, what: string, max = ID_LENGTH_MAX): string {
  const found = id(value, what, max);
  if (found === undefined) throw new RejectedRecord(`${what} is missing`);
  return found;
}

/** Texts of a list, without empty ones. */
export function texts(value: unknown, max = TEXT_LENGTH_MAX): string[] {
  const found: string[] = [];
  for (const element of list(value)) {
    const one = text(element, max);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** A number, also one written as text; undefined for anything else. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}

/** True for `true` and for the text "true" in any case. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

export function objects(value: unknown): Record<string, unknown>[] {
  return list(value).filter(isObject);
}

/** A copy without the fields that are undefined, which is how facts leave out what the source does not say. */
export function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) copy[name] = value;
  return copy as T;
}

/** JSON inside a string, as some sources wrap it; undefined when it is none. Bounded by what the record could hold. */
export function embeddedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
