import { createHmac } from 'node:crypto';
import { type Connector, type ReadContext, RejectedRecord, type Sample } from '../connector.ts';
import { isObject } from '#lib/core/json.ts';
import { Collected } from './collected.ts';
import { type Input, split } from './split.ts';

const DEFAULT_CONTEXT: ReadContext = {
  fingerprint: (secret) => createHmac('sha256', 'test').update(secret).digest('base64url').slice(0, 22),
  defaults: {},
  complete: false,
  asOf: new Date('2026-01-01T00:00:00Z'),
};

/**
 * Runs a connector over whole inputs in memory. Only RejectedRecord is caught (and counted): any other error of a
 * reader fails the test.
 */
export function collect(
  connector: Connector,
  inputs: Input | readonly Input[],
  context: Partial<ReadContext> = {},
): Collected {
  const collected = new Collected();
  const reader = connector.open(collected, { ...DEFAULT_CONTEXT, ...context });
  for (const input of 'text' in inputs ? [inputs] : inputs) {
    const { records, envelopes } = split(connector, input);
    for (const record of records) {
      collected.records += 1;
      try {
        reader.record(record);
      } catch (error) {
        if (!(error instanceof RejectedRecord)) throw error;
        collected.rejected.push({ file: record.file, number: record.number, reason: error.message });
      }
    }
    for (const envelope of envelopes) reader.envelope?.(envelope.members, envelope.file);
  }
  reader.end();
  return collected;
}

/** One JSON value (or several, as JSON lines) through a connector. */
export function collectValue(
  connector: Connector,
  value: unknown,
  context: Partial<ReadContext> = {},
): Collected {
  return collect(connector, { file: 'value.json', text: JSON.stringify(value), syntax: 'json' }, context);
}

/** What the recogniser would be shown of this text. */
export function sampleOf(text: string, file = 'sample', syntax: Sample['syntax'] = 'json'): Sample {
  const head = text.slice(0, 64 * 1024);
  let first: unknown = null;
  try {
    const value: unknown = JSON.parse(text);
    first = Array.isArray(value) ? (value[0] as unknown) : value;
  } catch {
    first = firstLine(text, syntax);
  }
  const keys =
    syntax === 'csv' ? (text.split(/\r?\n/)[0] ?? '').split(',') : isObject(first) ? Object.keys(first) : [];
  return { file, syntax, head, keys, first };
}

function firstLine(text: string, syntax: Sample['syntax']): unknown {
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (syntax !== 'json') return line;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
