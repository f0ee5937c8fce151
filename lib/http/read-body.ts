import { AppError } from '#lib/core/errors.ts';
import { parseStrictJson } from './strict-json.ts';

const BODY_BYTES_MAX = 1 << 20;

/** Reads a JSON body within its byte and depth caps. Any other content type is refused, which also keeps plain forms out. */
export async function readJsonBody(
  request: Request,
  bytesMax: number | 'stream' = BODY_BYTES_MAX,
): Promise<unknown> {
  if (bytesMax === 'stream') throw new Error('A streamed body has no JSON schema.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new AppError('unsupported_media_type', 'Send the body without compression.');
  return parseStrictJson(await readText(request, bytesMax));
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const chunk = part.value as Uint8Array;
    size += chunk.byteLength;
    if (size > bytesMax) throw new AppError('too_large', `The body is larger than ${bytesMax} bytes.`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError('invalid_input', 'The body is not UTF-8.', { cause });
  }
}
