/** The only table from error code to HTTP status; the API, the screens and the tests match on the code. */
export const ERROR_STATUS = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  /** Allowed, but only shortly after the person has proved who they are. */
  sign_in_again: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What is wrong with one field of an input: `path` as in `body.items.3.reason`. */
export type FieldIssue = { path: string; message: string };

/**
 * An error whose message may be shown to the person: what happened, what was kept, what to do.
 * Use cases throw it; only lib/http and the command line catch it.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldIssue[];

  constructor(
    code: ErrorCode,
    message: string,
    extra: { fields?: readonly FieldIssue[]; cause?: unknown } = {},
  ) {
    super(message, { cause: extra.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = extra.fields ?? [];
  }
}

/** The same answer for what is missing and for what the actor may not read, so that neither can be told apart. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}, or you may not see it.`);
}
