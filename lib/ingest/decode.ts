import { FileProblem } from './file-problem.ts';
import { peek } from './peek.ts';

/**
 * Text as UTF-8 bytes without a byte order mark, from UTF-8 or UTF-16 in either byte order (with a mark, or told by the
 * zero bytes of its first two characters, which are ASCII in every format that is read). UTF-8 passes as it is: whether it
 * is well-formed is looked at per record, where half a character at the edge of a chunk does not matter.
 */
export async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(bytes, 4);
  const encoding = encodingOf(head);
  if (encoding === 'utf-8') {
    yield* withoutMark(rest, head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0);
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
    yield Buffer.from(decoder.decode(), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new FileProblem('The file begins as UTF-16 but is not whole UTF-16 text.', { cause: error });
  }
}

function encodingOf(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (head.length === 4 && a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (head.length === 4 && a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be';
  return 'utf-8';
}

async function* withoutMark(bytes: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of bytes) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}
