import { AppError, ERROR_STATUS } from '#lib/core/errors.ts';
import { mapDatabaseError } from '#lib/db/map-error.ts';

/** RFC 9457 problem details; tests and screens match on `code`, never on the text. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? error : mapDatabaseError(error);
  const code = known?.code ?? 'internal';
  const status = ERROR_STATUS[code];
  // What a client got wrong is told to the client; a log that strangers can fill hides what matters.
  if (status >= 500 && (code === 'internal' || known?.cause !== undefined)) console.error(requestId, error);
  const detail =
    known?.message ??
    'Something went wrong on our side. Nothing was changed. Quote the request id when you report it.';
  const body = {
    type: `urn:bailiwick:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    detail,
    requestId,
    ...(known && known.fields.length > 0 ? { fields: known.fields } : {}),
  };
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  return new Response(JSON.stringify(body), { status, headers });
}
