import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiProblem, fetchJson } from './fetch-json.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A server on a free port that answers every request so; resolves to its address. */
function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  closers.push(() => server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server has no port.');
      resolve(`http://127.0.0.1:${address.port}/`);
    });
  });
}

async function problemOf(call: Promise<unknown>): Promise<ApiProblem> {
  const outcome = await call.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (!(outcome instanceof ApiProblem)) throw new Error(`Expected an ApiProblem, got ${String(outcome)}`);
  return outcome;
}

const anything = z.unknown();

describe('fetchJson', () => {
  it('sends the header that no foreign page can, the method and the body as JSON', async () => {
    let seen: unknown;
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen = [request.method, request.headers['x-bailiwick'], request.headers['content-type'], body];
        response.end('{"n":1}');
      });
    });
    await expect(
      fetchJson(url, { method: 'PUT', body: { a: 1 }, output: z.object({ n: z.number() }) }),
    ).resolves.toEqual({
      n: 1,
    });
    expect(seen).toEqual(['PUT', '1', 'application/json', '{"a":1}']);
  });

  it('turns problem details into an ApiProblem with code, fields and request id', async () => {
    const url = await serve((_request, response) => {
      response.statusCode = 409;
      response.end(
        JSON.stringify({
          title: 'Conflict',
          detail: 'Somebody was faster.',
          code: 'conflict',
          requestId: 'req_1',
          fields: [{ path: 'body.reason', message: 'too short' }, { path: 3 }],
        }),
      );
    });
    expect(await problemOf(fetchJson(url, { output: anything }))).toMatchObject({
      status: 409,
      code: 'conflict',
      title: 'Conflict',
      message: 'Somebody was faster.',
      requestId: 'req_1',
      fields: [{ path: 'body.reason', message: 'too short' }],
    });
  });

  it.each(['<html>', '[]', '{"__proto__":{"code":"x"}}', ''])(
    'explains an error whose body is %j',
    async (body) => {
      const url = await serve((_request, response) => {
        response.statusCode = 502;
        response.setHeader('x-request-id', 'req_2');
        response.end(body);
      });
      expect(await problemOf(fetchJson(url, { output: anything }))).toMatchObject({
        status: 502,
        code: 'internal',
        requestId: 'req_2',
      });
    },
  );

  it('refuses an answer of another shape', async () => {
    const url = await serve((_request, response) => response.end('{"n":"one"}'));
    const call = fetchJson(url, { output: z.object({ n: z.number() }) });
    expect(await problemOf(call)).toMatchObject({ status: 200, code: 'bad_answer' });
  });

  it('answers an empty 204 as undefined', async () => {
    const url = await serve((_request, response) => {
      response.statusCode = 204;
      response.end();
    });
    await expect(fetchJson(url, { output: z.undefined() })).resolves.toBeUndefined();
  });

  it('says that nobody answers when the connection breaks, and passes an abort on unchanged', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await problemOf(fetchJson(url, { output: anything }))).toMatchObject({
      status: 0,
      code: 'unreachable',
    });
    const aborted = fetchJson(url, { output: anything, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });
});
