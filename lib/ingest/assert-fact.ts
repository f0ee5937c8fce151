import { RejectedRecord } from '#lib/connectors/connector.ts';
import { KEY_BYTES_MAX, KEY_LENGTH_MAX } from '#lib/core/keys.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;

/** A key is stored as it is and indexed, so it is refused rather than cut. */
export function assertKey(key: string, what: string): void {
  assertText(key, what, KEY_LENGTH_MAX);
  if (key === '') throw new RejectedRecord(`${what} is empty`);
  // Only text beyond ASCII can have more bytes than the length shows.
  if (key.length > KEY_BYTES_MAX / 3 && Buffer.byteLength(key) > KEY_BYTES_MAX)
    throw new RejectedRecord(`${what} is longer than ${KEY_BYTES_MAX} bytes`);
}

export function assertText(text: string, what: string, most: number): void {
  if (text.length > most) throw new RejectedRecord(`${what} is longer than ${most} characters`);
  if (text.includes('\0')) throw new RejectedRecord(`${what} holds a NUL character`);
  if (!text.isWellFormed()) throw new RejectedRecord(`${what} holds half of a surrogate pair`);
}

export function assertTime(time: string, what: string): void {
  if (!TIME.test(time) || Number.isNaN(Date.parse(time))) throw new RejectedRecord(`${what} is not a time`);
}
