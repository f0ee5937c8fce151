import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileProblem } from './file-problem.ts';
import type { Limits } from './limits.ts';

/** Decompresses gzip (RFC 1952, members in a row included) and stops at the first sign of a bomb, a cut or damage. */
export async function* gunzipped(
  name: string,
  bytes: AsyncIterable<Buffer>,
  limits: Limits,
): AsyncGenerator<Buffer> {
  let taken = 0;
  let given = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of bytes) {
      taken += chunk.length;
      yield chunk;
    }
  };
  const gunzip = createGunzip({ chunkSize: 1 << 17 });
  const source = Readable.from(counted(), { objectMode: false });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      given += chunk.length;
      if (given > limits.ratioFreeBytes && given > taken * limits.ratio)
        throw new FileProblem(
          `${name} unpacks to more than ${limits.ratio} times its size. That is refused.`,
        );
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR')
      throw new FileProblem(`${name} is cut off: the gzip data ends too early.`, { cause: error });
    if (code.startsWith('Z_'))
      throw new FileProblem(`${name} is damaged: it is not whole gzip data.`, { cause: error });
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
