import { AppError } from '#lib/core/errors.ts';
import type { UploadedFile } from './receive-upload.ts';
import { framedFiles, FRAMES_TYPE } from './upload-frames.ts';

/** The file or files of a request body, as a stream. Compressed bodies are told by their content, whatever the header says. */
export function bodyFiles(request: Request, name: string): AsyncIterable<UploadedFile> {
  const { body } = request;
  if (body === null) throw new AppError('invalid_input', 'The body is empty. Send what is to be imported.');
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new AppError('unsupported_media_type', 'Send the body as it is, or compressed with gzip.');
  const bytes = readAll(body);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === FRAMES_TYPE ? framedFiles(bytes) : oneFile(name, bytes);
}

async function* oneFile(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<UploadedFile> {
  await Promise.resolve();
  yield { name, bytes };
}

async function* readAll(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const part = await reader.read();
      if (part.done) return;
      yield part.value;
    }
  } finally {
    reader.releaseLock();
  }
}
