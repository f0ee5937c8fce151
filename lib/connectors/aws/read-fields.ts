import { isObject } from '#lib/core/json.ts';
import { field, list, text, texts } from '../read-value.ts';

/** Longer than any key may be: what is cut here is rejected as a key and harmless as words. */
const TEXT_MAX = 4_096;

/** A member that is text and not empty, whatever the case of its name. */
export function textField(object: Record<string, unknown>, name: string): string | undefined {
  return text(field(object, name), TEXT_MAX);
}

/** The objects in a list, or the only element that a writer collapsed. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return list(value).filter(isObject);
}

/** The texts in a list, or the only one that stands for it. */
export function textsOf(value: unknown): string[] {
  return texts(value, TEXT_MAX);
}
