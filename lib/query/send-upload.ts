import { queuedRun } from '#lib/ingest/view-schema.ts';
import { ApiProblem } from './fetch-json.ts';

/** Media type of lib/ingest/upload-frames.ts. */
const FRAMES_TYPE = 'application/vnd.bailiwick.files';

export type NamedFile = { name: string; file: File };
export type SentUpload = { run: string; upload: string; source: string; format: string };

type Sending = {
  files: readonly NamedFile[];
  /** As `optionsOf` of the upload route reads them. */
  options: URLSearchParams;
  onProgress: (sent: number, total: number) => void;
  signal: AbortSignal;
};

/**
 * Sends files in one request, each behind a line with its name and size; the browser reads them from disk as it sends.
 * XMLHttpRequest, as fetch does not tell how much has been sent. Throws ApiProblem, or AbortError when given up.
 */
export function sendUpload({ files, options, onProgress, signal }: Sending): Promise<SentUpload> {
  const parts = files.flatMap(({ name, file }) => [`${JSON.stringify({ name, size: file.size })}\n`, file]);
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open('POST', `/api/v1/sources/upload?${options.toString()}`);
    request.setRequestHeader('content-type', FRAMES_TYPE);
    request.setRequestHeader('x-bailiwick', '1');
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onload = () => settle(request, resolve, reject);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('The upload was given up.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(new Blob(parts, { type: FRAMES_TYPE }));
  });
}

function settle(
  request: XMLHttpRequest,
  resolve: (sent: SentUpload) => void,
  reject: (problem: ApiProblem) => void,
): void {
  const body = parsed(request.responseText);
  const answer = queuedRun.safeParse(body);
  if (request.status === 202 && answer.success) resolve(answer.data);
  else {
    const text = (name: string): string | undefined => {
      const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    reject(
      new ApiProblem({
        status: request.status,
        code: text('code') ?? 'internal',
        title: 'The upload was refused',
        detail: text('detail') ?? `The server answered with status ${request.status}. Nothing was imported.`,
        requestId: text('requestId'),
      }),
    );
  }
}

const unreachable = (): ApiProblem =>
  new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'The upload broke off',
    detail: 'The connection was lost. Nothing was imported. Try again; your choice of files is still here.',
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
