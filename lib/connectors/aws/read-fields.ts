import { isObject } from '#lib/core/json.ts';

/** Reads a known member of an object whatever the case of its name: exports through a warehouse lower-case their keys. */
export function field(object: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  for (const key of Object.keys(object)) if (key.toLowerCase() === wanted) return object[key];
  return undefined;
}

export function textField(object: Record<string, unknown>, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list, or its only element that a writer collapsed; null and absent are the empty list. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === null ? [] : [value];
}

export function objectsOf(value: unknown): Record<string, unknown>[] {
  return listOf(value).filter(isObject);
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((element) => typeof element === 'string');
}
