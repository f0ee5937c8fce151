import type { FieldIssue } from '#lib/core/errors.ts';

/** A call that failed: `code` is what screens and tests match on, `message` may be shown, `requestId` finds the log line. */
export class ApiProblem extends Error {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | undefined;
  readonly fields: readonly FieldIssue[];

  constructor(problem: {
    status: number;
    code: string;
    title: string;
    detail: string;
    requestId?: string | undefined;
    fields?: readonly FieldIssue[] | undefined;
    cause?: unknown;
  }) {
    super(problem.detail, { cause: problem.cause });
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.requestId = problem.requestId;
    this.fields = problem.fields ?? [];
  }
}

export type JsonRequest<T> = {
  /** What the answer must look like, a zod schema as a rule; what it refuses is an ApiProblem `bad_answer`. */
  output: { parse: (value: unknown) => T };
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
};

/**
 * One call of the server's own API. Sends `x-bailiwick: 1`, which no foreign page can send without a preflight.
 * @throws {ApiProblem} on any status outside 200–299, on a broken connection and on an answer of another shape.
 * An aborted call throws the signal's AbortError unchanged.
 */
export async function fetchJson<T>(path: string, request: JsonRequest<T>): Promise<T> {
  const response = await send(path, request);
  const requestId = response.headers.get('x-request-id') ?? undefined;
  if (!response.ok) throw await readProblem(response, requestId);
  const body: unknown = response.status === 204 ? undefined : await readBody(response, requestId);
  try {
    return request.output.parse(body);
  } catch (cause) {
    throw badAnswer(response.status, requestId, cause);
  }
}

async function send(path: string, request: JsonRequest<unknown>): Promise<Response> {
  const hasBody = request.body !== undefined;
  try {
    return await fetch(path, {
      method: request.method ?? 'GET',
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-bailiwick': '1',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...request.headers,
      },
      ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new ApiProblem({
      status: 0,
      code: 'unreachable',
      title: 'The server does not answer',
      detail: 'Check the connection and try again. What you entered is still here.',
      cause,
    });
  }
}

async function readBody(response: Response, requestId: string | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw badAnswer(response.status, requestId, cause);
  }
}

async function readProblem(response: Response, requestId: string | undefined): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  return new ApiProblem({
    status: response.status,
    code: textIn(body, 'code') ?? 'internal',
    title: textIn(body, 'title') ?? 'The server could not answer',
    detail:
      textIn(body, 'detail') ??
      `It answered with status ${response.status} and no explanation. Try again; nothing you entered is lost.`,
    requestId: textIn(body, 'requestId') ?? requestId,
    fields: fieldsIn(body),
  });
}

/** The member of an RFC 9457 problem body; by hand, so that a page without forms ships no schema library. */
function memberOf(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  return Reflect.get(body, name);
}

function textIn(body: unknown, name: string): string | undefined {
  const value = memberOf(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fieldsIn(body: unknown): FieldIssue[] {
  const fields = memberOf(body, 'fields');
  if (!Array.isArray(fields)) return [];
  return fields.flatMap((field: unknown) => {
    const path = textIn(field, 'path');
    const message = textIn(field, 'message');
    return path !== undefined && message !== undefined ? [{ path, message }] : [];
  });
}

function badAnswer(status: number, requestId: string | undefined, cause: unknown): ApiProblem {
  return new ApiProblem({
    status,
    code: 'bad_answer',
    title: 'The server answered in a form this page does not know',
    detail: 'The page may be older than the server. Reload it.',
    requestId,
    cause,
  });
}
