import { RejectedRecord } from '#lib/connectors/connector.ts';
import { isObject } from '#lib/core/json.ts';
import type { Limits } from './limits.ts';
import { parseJsonRecord } from './parse-json-record.ts';
import type { CutSink } from './split.ts';

const MEMBER_CHARACTERS_MAX = 8 * 1024;
export const EXCERPT_BYTES = 512;

/** Names of a connector's lists by their lower-case spelling: exports that went through a warehouse lose the case. */
export type ListNames = ReadonlyMap<string, string>;
export const listNames = (lists: readonly string[]): ListNames =>
  new Map(lists.map((name) => [name.toLowerCase(), name]));

/** Parses one record and hands it on, or its rejection. */
export function cutRecord(
  bytes: Buffer,
  list: string | null,
  line: number,
  sink: CutSink,
  limits: Limits,
): void {
  const value = parsed(bytes, line, sink, limits);
  if (value !== undefined) sink.record(value.value, list, line);
}

/** A value that stands alone: an array gives its elements, an object with one of the lists gives the lists' elements. */
export function cutWholeValue(
  bytes: Buffer,
  lists: ListNames,
  line: number,
  sink: CutSink,
  limits: Limits,
): void {
  const whole = parsed(bytes, line, sink, limits);
  if (whole === undefined) return;
  const { value } = whole;
  if (Array.isArray(value)) for (const element of value as unknown[]) sink.record(element, null, line);
  else if (!isObject(value) || lists.size === 0) sink.record(value, null, line);
  else cutLists(value, lists, line, sink);
}

function cutLists(value: Record<string, unknown>, lists: ListNames, line: number, sink: CutSink): void {
  let found = false;
  for (const [key, member] of Object.entries(value)) {
    const list = lists.get(key.toLowerCase());
    if (list === undefined || !Array.isArray(member)) continue;
    found = true;
    for (const element of member as unknown[]) sink.record(element, list, line);
  }
  if (found) sink.envelope(envelopeOf(value, lists));
  else sink.record(value, null, line);
}

/** The members beside the lists; what is large cannot be a mark of the whole document. */
export function envelopeOf(value: Record<string, unknown>, lists: ListNames): Record<string, unknown> {
  const members = Object.entries(value).filter(
    ([key, member]) =>
      !(lists.has(key.toLowerCase()) && Array.isArray(member)) &&
      JSON.stringify(member).length <= MEMBER_CHARACTERS_MAX,
  );
  return Object.fromEntries(members);
}

function parsed(bytes: Buffer, line: number, sink: CutSink, limits: Limits): { value: unknown } | undefined {
  try {
    return { value: parseJsonRecord(bytes, limits) };
  } catch (error) {
    if (!(error instanceof RejectedRecord)) throw error;
    sink.reject(error.message, line, bytes.subarray(0, EXCERPT_BYTES).toString('utf8'));
    return undefined;
  }
}
