import { parseAllDocuments } from 'yaml';
import type { Connector, Sample, SourceRecord } from '../connector.ts';
import { isObject } from '#lib/core/json.ts';
import { csvObjects } from '../csv-text.ts';

export type Input = { file: string; text: string; syntax?: Sample['syntax'] };

/** Top-level members beside the lists whose elements are records. */
export type Envelope = { file: string; members: Record<string, unknown> };

/**
 * A plain splitter for tests: whole inputs, in memory. Knows JSON documents (with `lists`), arrays, JSON lines,
 * concatenated JSON, YAML documents, CSV with a header, text lines.
 */
export function split(
  connector: Connector,
  input: Input,
): { records: SourceRecord[]; envelopes: Envelope[] } {
  const text = input.text.replace(/^\uFEFF/, '');
  const syntax = input.syntax ?? (/^\s*[[{]/.test(text) ? 'json' : (connector.syntax[0] ?? 'text'));
  const envelopes: Envelope[] = [];
  const cut: { value: unknown; list: string | null }[] = [];
  for (const value of values(text, syntax)) {
    if (Array.isArray(value))
      cut.push(...value.map((element) => ({ value: element as unknown, list: null })));
    else if (syntax === 'json' && isObject(value)) {
      const parts = listParts(connector, value);
      cut.push(...parts.records);
      if (parts.members !== null) envelopes.push({ file: input.file, members: parts.members });
    } else cut.push({ value, list: null });
  }
  const records = cut.map((part, index) => ({ ...part, file: input.file, number: index + 1 }));
  return { records, envelopes };
}

function listParts(connector: Connector, value: Record<string, unknown>) {
  const names = new Map(connector.lists.map((name) => [name.toLowerCase(), name]));
  const members = new Map<string, unknown>();
  const records: { value: unknown; list: string | null }[] = [];
  let lists = 0;
  for (const [key, member] of Object.entries(value)) {
    const list = names.get(key.toLowerCase());
    if (list === undefined || !Array.isArray(member)) members.set(key, member);
    else {
      lists += 1;
      records.push(...member.map((element) => ({ value: element as unknown, list })));
    }
  }
  if (lists === 0) return { records: [{ value, list: null }], members: null };
  return { records, members: Object.fromEntries(members) };
}

function values(text: string, syntax: Sample['syntax']): unknown[] {
  if (syntax === 'json') return jsonValues(text);
  if (syntax === 'yaml') return parseAllDocuments(text).map((document) => document.toJS() as unknown);
  if (syntax === 'csv') return csvObjects(text);
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function jsonValues(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return concatenated(text).map((part) => JSON.parse(part) as unknown);
  }
}

/** Cuts JSON lines and objects that follow one another, by counting brackets outside strings. */
function concatenated(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = -1;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) parts.push(text.slice(start, at + 1));
    }
  }
  return parts;
}
