import { parseDocument } from 'yaml';
import type { Sample } from '#lib/connectors/connector.ts';
import { isObject } from '#lib/core/json.ts';
import { completedJson } from './completed-json.ts';
import { separatorOf } from './split-csv.ts';

/**
 * What the first bytes of a document could be, most telling syntax first. `head` is text, cut anywhere; a JSON or YAML
 * value that goes on beyond it is shown as far as it was seen, with its open brackets closed.
 */
export function samplesOf(file: string, head: string): Sample[] {
  const text = head.trimStart();
  const samples: Sample[] = [];
  if (/^[[{]/.test(text)) samples.push(jsonSample(file, head, text));
  else {
    const yaml = yamlSample(file, head);
    if (yaml) samples.push(yaml);
    const csv = csvSample(file, head);
    if (csv) samples.push(csv);
  }
  if (!text.includes('\0')) {
    const first = head.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
    samples.push({ file, syntax: 'text', head, keys: [], first });
  }
  return samples;
}

function jsonSample(file: string, head: string, text: string): Sample {
  const [line = ''] = text.split('\n', 1);
  const value = parsed(line) ?? completedJson(text);
  const first: unknown = Array.isArray(value) ? (value as unknown[])[0] : value;
  return {
    file,
    syntax: 'json',
    head,
    keys: isObject(first) ? Object.keys(first) : [],
    first: first ?? null,
  };
}

function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function yamlSample(file: string, head: string): Sample | null {
  const documents = head.split(/^(?:---|\.\.\.)(?:[ \t].*)?\r?$/m);
  const [text] = documents.filter((document) => /^\s*[\w"'-][^\n]*:(?:\s|$)/m.test(document));
  if (text === undefined) return null;
  // The last line of a document that goes on beyond the head is cut off in the middle.
  const whole =
    documents.length > 1 ? text : text.slice(0, Math.max(text.lastIndexOf('\n'), 0) || text.length);
  const document = parseDocument(whole, { logLevel: 'silent' });
  if (document.errors.length > 0 && documents.length > 1) return null;
  let first: unknown;
  try {
    first = document.toJS({ maxAliasCount: 10 });
  } catch {
    return null;
  }
  if (typeof first !== 'object' || first === null) return null;
  const keys = isObject(first) ? Object.keys(first) : [];
  return { file, syntax: 'yaml', head, keys, first };
}

function csvSample(file: string, head: string): Sample | null {
  const separator = separatorOf(head);
  const [header = '', row = ''] = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  const keys = header.split(separator).map((name) => name.replace(/^"|"$/g, '').trim());
  if (keys.length < 2) return null;
  const cells = row.split(separator).map((cell) => cell.replace(/^"|"$/g, ''));
  const first = Object.fromEntries(keys.map((name, index) => [name, cells[index] ?? ''] as const));
  return { file, syntax: 'csv', head, keys, first };
}
