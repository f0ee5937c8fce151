import type { z } from 'zod';
import type { Actor } from '#lib/authz/actor.ts';
import type { Permission } from '#lib/authz/permissions.ts';
import { AppError } from '#lib/core/errors.ts';
import type { JsonValue } from '#lib/core/json.ts';
import { newId } from '#lib/core/ids.ts';
import { admit } from './admit.ts';
import { keepDeclaration } from './declared.ts';
import { markGated } from './gated.ts';
import { answerOnce } from './idempotency.ts';
import { problemResponse } from './problem.ts';
import { readJsonBody } from './read-body.ts';
import { changesState } from './same-origin.ts';
import { assertStorable } from './storable.ts';
import { withinTime } from './within-time.ts';

type Schema = z.ZodType;
type Maybe = Schema | undefined;
type Input<S> = S extends Schema ? z.output<S> : undefined;

type RouteInput<P, Q, B> = {
  actor: Actor;
  params: Input<P>;
  query: Input<Q>;
  body: Input<B>;
  request: Request;
  requestId: string;
};

type Declaration<P, Q, B> = {
  /** One line for the API's document; nothing is derived where it is missing. */
  summary?: string;
  /** Required: a route that forgets it does not compile. `public` is the only way out, and easy to find. */
  permission: Permission | 'public';
  params?: P;
  query?: Q;
  body?: B;
  /** Largest body in bytes; 1 MiB unless said otherwise. `stream`: the handler reads request.body itself, with its own cap. */
  bodyBytesMax?: number | 'stream';
  /** For reads that must leave a trace, such as exports: the action under which each call is in the audit log, before it is answered. */
  traceAs?: string;
};

type JsonDeclaration<P, Q, B, O extends Schema> = Declaration<P, Q, B> & {
  /** Parsed on the way out, so that no column escapes that the schema does not name. */
  output: O;
  status?: number;
  /** For answers that hold a secret: an Idempotency-Key is refused, as the answer would have to be kept to be given again. */
  keepsNoAnswer?: boolean;
  handle: (input: RouteInput<P, Q, B>) => Promise<z.input<O>>;
};

type ResponseDeclaration<P, Q, B> = Declaration<P, Q, B> & {
  /** The handler makes the response itself: downloads, streams, redirects. */
  output: 'response';
  handle: (input: RouteInput<P, Q, B>) => Promise<Response>;
};

export type RouteHandler = ((request: Request, context: RouteContext) => Promise<Response>) & {
  readonly permission: Permission | 'public';
};
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route is a declaration: who may call it, what it takes and gives, and the one use case behind it. */
export function route<
  O extends Schema,
  P extends Maybe = undefined,
  Q extends Maybe = undefined,
  B extends Maybe = undefined,
>(declaration: JsonDeclaration<P, Q, B, O>): RouteHandler;
export function route<P extends Maybe = undefined, Q extends Maybe = undefined, B extends Maybe = undefined>(
  declaration: ResponseDeclaration<P, Q, B>,
): RouteHandler;
export function route(
  declaration: JsonDeclaration<Maybe, Maybe, Maybe, Schema> | ResponseDeclaration<Maybe, Maybe, Maybe>,
): RouteHandler {
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = newId('req');
    try {
      const response = await answer(declaration, request, context, requestId);
      response.headers.set('x-request-id', requestId);
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
      return response;
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
  return markGated(keepDeclaration(handler, declaration), declaration.permission);
}

async function answer(
  declaration: JsonDeclaration<Maybe, Maybe, Maybe, Schema> | ResponseDeclaration<Maybe, Maybe, Maybe>,
  request: Request,
  context: RouteContext,
  requestId: string,
): Promise<Response> {
  const actor = await admit(request, requestId, declaration);
  const input = {
    actor,
    params: parse(declaration.params, await context.params, 'params'),
    query: parse(declaration.query, queryObject(new URL(request.url).searchParams), 'query'),
    body: parse(
      declaration.body,
      declaration.body && (await readJsonBody(request, declaration.bodyBytesMax)),
      'body',
    ),
    request,
    requestId,
  };
  if (declaration.output === 'response') return declaration.handle(input);
  const { output, handle, status = 200 } = declaration;
  if (declaration.keepsNoAnswer === true && request.headers.has('idempotency-key'))
    throw new AppError(
      'invalid_input',
      'The answer holds a secret and is not kept: send no Idempotency-Key.',
    );
  const work = async () => ({ status, body: output.parse(await withinTime(handle(input))) as JsonValue });
  const result = changesState(request) ? await answerOnce(actor.id, request, input.body, work) : await work();
  return Response.json(result.body, { status: result.status });
}

function parse(schema: Maybe, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  assertStorable(value);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({
    path: [where, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  const text = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
  throw new AppError('invalid_input', `The request is not valid: ${text}.`, { fields });
}

/** A parameter that stands twice has no meaning that everybody agrees on: it is refused. */
function queryObject(parameters: URLSearchParams): Record<string, string> {
  const entries = [...parameters];
  if (new Set(parameters.keys()).size !== entries.length) {
    throw new AppError('invalid_input', 'A query parameter is given twice.');
  }
  return Object.fromEntries(entries);
}
