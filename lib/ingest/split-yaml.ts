import { isUtf8 } from 'node:buffer';
import { parseDocument } from 'yaml';
import { EXCERPT_BYTES } from './cut-value.ts';
import type { Limits } from './limits.ts';
import type { CutSink, Splitter } from './split.ts';
import { LineCutter } from './split-lines.ts';

/** Expansions of aliases in one document: a few honest ones, not a billion laughs. */
const ALIASES_MAX = 100;

/** One record per YAML 1.2 document (documents end at a line `---` or `...`). An empty document is none. */
export function splitYaml(sink: CutSink, limits: Limits): Splitter {
  let lines: string[] = [];
  let size = 0;
  let firstLine = 1;
  let tooLarge = false;

  const finish = (nextLine: number): void => {
    const text = lines.join('\n');
    lines = [];
    size = 0;
    const raw = text.slice(0, EXCERPT_BYTES);
    if (tooLarge) sink.reject(`it is larger than ${limits.recordBytes} bytes`, firstLine, raw);
    else if (/[^\s#]/.test(text)) cutDocument(text, firstLine, sink, limits);
    tooLarge = false;
    firstLine = nextLine;
  };

  const take = (bytes: Buffer, line: number): void => {
    if (!isUtf8(bytes)) sink.reject('a line is not valid UTF-8 text', line, '');
    const text = bytes.toString('utf8');
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) {
      finish(line);
      const rest = text.startsWith('---') ? text.slice(3) : '';
      if (rest.trim() !== '') lines.push(rest);
      return;
    }
    size += bytes.length;
    tooLarge ||= size > limits.recordBytes;
    if (tooLarge) lines = lines.slice(0, 20);
    else {
      // LineCutter skips empty lines; they matter in block scalars and for line numbers in messages.
      while (lines.length < line - firstLine) lines.push('');
      lines.push(text);
    }
  };
  const cutter = new LineCutter(limits, take, (line, raw) =>
    sink.reject(`a line is larger than ${limits.recordBytes} bytes`, line, raw),
  );
  return {
    push: (chunk) => cutter.push(chunk),
    end: () => {
      cutter.end();
      finish(0);
    },
  };
}

function cutDocument(text: string, line: number, sink: CutSink, limits: Limits): void {
  const raw = text.slice(0, EXCERPT_BYTES);
  if (text.includes('\0')) {
    sink.reject('it holds a NUL character', line, raw);
    return;
  }
  try {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: true });
    const [error] = document.errors;
    if (error) {
      const at = error.linePos?.[0].line;
      sink.reject(
        `it is not valid YAML (${error.code}${at === undefined ? '' : ` at its line ${at}`})`,
        line,
        raw,
      );
      return;
    }
    const value: unknown = document.toJS({ maxAliasCount: ALIASES_MAX });
    if (value === null || value === undefined) return;
    if (depthOf(value, limits.depth) > limits.depth)
      sink.reject(`it is nested more than ${limits.depth} levels deep`, line, raw);
    else sink.record(value, null, line);
  } catch (error) {
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error;
    sink.reject('its aliases or its nesting go beyond what is allowed', line, raw);
  }
}

function depthOf(value: unknown, most: number, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > most) return depth;
  let deepest = depth + 1;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member, most, depth + 1));
  return deepest;
}
