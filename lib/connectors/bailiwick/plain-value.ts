import { RejectedRecord } from '../connector.ts';

const DEPTH_MAX = 10;
const TEXTS_BYTES_MAX = 32 * 1024;

/**
 * Refuses what neither the schema nor Postgres could take: nesting beyond 10 levels, more than 32 KiB of text in one
 * line, NUL and lone surrogates. Runs before the schema, so that the schema's own recursion is bounded.
 */
export function assertPlainValue(value: unknown): void {
  const length = measure(value, 0);
  if (length > TEXTS_BYTES_MAX)
    throw new RejectedRecord(`the line holds more than ${TEXTS_BYTES_MAX} characters`);
}

function measure(value: unknown, depth: number): number {
  if (typeof value === 'string') return textLength(value);
  if (typeof value !== 'object' || value === null) return 8;
  if (depth >= DEPTH_MAX) throw new RejectedRecord(`the line is nested more than ${DEPTH_MAX} levels deep`);
  let length = 2;
  if (Array.isArray(value)) {
    for (const element of value as unknown[]) length += measure(element, depth + 1);
    return length;
  }
  for (const [name, member] of Object.entries(value)) length += textLength(name) + measure(member, depth + 1);
  return length;
}

function textLength(text: string): number {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new RejectedRecord('the line holds a NUL or half a surrogate pair, which is not text');
  }
  return text.length;
}
