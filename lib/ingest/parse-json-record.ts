import { isUtf8 } from 'node:buffer';
import { RejectedRecord } from '#lib/connectors/connector.ts';
import type { Limits } from './limits.ts';

const NUL_ESCAPE = /(?<!\\)(?:\\\\)*\\u0000/;
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** Parses the bytes of one JSON value. Throws RejectedRecord, whose reason never repeats the content. */
export function parseJsonRecord(bytes: Buffer, limits: Limits): unknown {
  if (bytes.length > limits.recordBytes)
    throw new RejectedRecord(`it is larger than ${limits.recordBytes} bytes`);
  if (!isUtf8(bytes)) throw new RejectedRecord('it is not valid UTF-8 text');
  if (isDeeperThan(bytes, limits.depth))
    throw new RejectedRecord(`it is nested more than ${limits.depth} levels deep`);
  const text = bytes.toString('utf8');
  const value = parse(text);
  assertStorable(text, value);
  return value;
}

/** PostgreSQL can store neither NUL nor half a surrogate pair, and both are signs of something broken. */
function assertStorable(text: string, value: unknown): void {
  if (text.includes('\\u0000') && NUL_ESCAPE.test(text)) throw new RejectedRecord('it holds a NUL character');
  // JSON.stringify writes a surrogate as an escape only where its other half is missing.
  if (SURROGATE_ESCAPE.test(text) && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value)))
    throw new RejectedRecord('it holds half of a surrogate pair');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const at = /position (\d+)/.exec((cause as Error).message)?.[1];
    throw new RejectedRecord(
      at === undefined ? 'it is not valid JSON' : `it is not valid JSON (at character ${at})`,
    );
  }
}

function isDeeperThan(bytes: Buffer, most: number): boolean {
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 0x22) {
      for (i++; i < bytes.length && bytes[i] !== 0x22; i++) if (bytes[i] === 0x5c) i++;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > most) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}
