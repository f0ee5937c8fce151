import { isUtf8 } from 'node:buffer';
import { EXCERPT_BYTES } from './cut-value.ts';
import type { Limits } from './limits.ts';
import type { CutSink, Splitter } from './split.ts';
import { LineCutter } from './split-lines.ts';

/** One record per line that is not empty. */
export function splitText(sink: CutSink, limits: Limits): Splitter {
  return new LineCutter(
    limits,
    (bytes, line) => {
      const raw = bytes.subarray(0, EXCERPT_BYTES).toString('utf8');
      if (!isUtf8(bytes)) sink.reject('it is not valid UTF-8 text', line, raw);
      else if (bytes.includes(0)) sink.reject('it holds a NUL character', line, raw);
      else sink.record(bytes.toString('utf8'), null, line);
    },
    (line, raw) => sink.reject(`it is larger than ${limits.recordBytes} bytes`, line, raw),
  );
}
