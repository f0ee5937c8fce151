import { cutWholeValue, listNames, type ListNames } from './cut-value.ts';
import { JsonStructure } from './json-structure.ts';
import type { Limits } from './limits.ts';
import type { CutSink, Splitter } from './split.ts';
import { LineCutter } from './split-lines.ts';

/**
 * Cuts JSON into records: lines of NDJSON, elements of arrays, elements of the connector's lists within an object, values
 * one after the other whatever stands between them. Where each line is a value of its own, a broken line costs that line;
 * elsewhere a broken element costs that element as long as its brackets match.
 */
export function splitJson(lists: readonly string[], head: string, sink: CutSink, limits: Limits): Splitter {
  const names = listNames(lists);
  if (isLineDelimited(head)) return jsonLines(names, sink, limits, 1);
  let lines: LineCutter | null = null;
  // A first line longer than the head leaves open whether there is one value on each line.
  const mayTurn = !head.trimStart().includes('\n');
  const structure = new JsonStructure(names, sink, limits, mayTurn, (chunk, line) => {
    lines = jsonLines(names, sink, limits, line);
    lines.push(chunk);
  });
  return {
    push: (chunk) => (lines ?? structure).push(chunk),
    end: () => (lines ?? structure).end(),
  };
}

function jsonLines(lists: ListNames, sink: CutSink, limits: Limits, firstLine: number): LineCutter {
  return new LineCutter(
    limits,
    (bytes, line) => {
      if (!isBlank(bytes)) cutWholeValue(bytes, lists, line, sink, limits);
    },
    (line, raw) => sink.reject(`it is larger than ${limits.recordBytes} bytes`, line, raw),
    firstLine,
  );
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);

const LINES_LOOKED_AT = 20;
const STRAY_SHARE = 0.1;

/**
 * Nearly all of the first whole lines begin with a bracket, which no line of a pretty-printed value does but its first, and
 * more than half are values by themselves: that is NDJSON, whatever breaks in it.
 */
function isLineDelimited(head: string): boolean {
  const lines = head.split('\n').slice(0, LINES_LOOKED_AT + 1);
  // The last piece may be cut off in the middle.
  if (lines.length > 1) lines.pop();
  const filled = lines.map((line) => line.trimEnd()).filter((line) => line !== '');
  const strays = filled.filter((line) => !/^[[{]/.test(line));
  if (filled.length < 2 || strays.length > filled.length * STRAY_SHARE) return false;
  return filled.filter(isContainer).length * 2 > filled.length;
}

function isContainer(line: string): boolean {
  if (!/^[[{]/.test(line) || !/[\]}]$/.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
