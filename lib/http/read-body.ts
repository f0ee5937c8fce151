import { AppError } from '#lib/core/errors.ts';

const BODY_BYTES_MAX = 1 << 20;
const DEPTH_MAX = 64;

/** Reads a JSON body within its byte and depth caps. Any other content type is refused, which also keeps plain forms out. */
export async function readJsonBody(
  request: Request,
  bytesMax: number | 'stream' = BODY_BYTES_MAX,
): Promise<unknown> {
  if (bytesMax === 'stream') throw new Error('A streamed body has no JSON schema.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  const text = await readText(request, bytesMax);
  if (depth(text) > DEPTH_MAX)
    throw new AppError('invalid_input', `The body is nested deeper than ${DEPTH_MAX} levels.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_input', 'The body is not valid JSON.', { cause });
  }
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
  return Buffer.concat(chunks).toString('utf8');
}

/** Deepest nesting of brackets outside strings, without building anything. */
function depth(text: string): number {
  let deepest = 0;
  let current = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++current);
    else if (code === 0x7d || code === 0x5d) current--;
  }
  return deepest;
}
