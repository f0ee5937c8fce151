import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import next from 'next';
import { env } from '#lib/env.ts';
import { newId } from '#lib/core/ids.ts';
import { stampPeerAddress } from '#lib/http/client-address.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { isServedOverHttps } from '#lib/http/public-url.ts';
import { assertPlainRequest } from '#lib/http/refuse-odd-request.ts';
import { securityHeaders } from '#lib/http/security-headers.ts';

// The web server as a process of its own, started by `bailiwick up`; it ends when its parent does, however that ended.
const HEADERS_TIMEOUT_MS = 20_000;
const DRAIN_MS = 5_000;

const port = env().PORT;
const app = next({ dev: false, dir: path.resolve(import.meta.dirname, '..'), port, hostname: 'localhost' });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
  stampPeerAddress(request);
  // The framework's own redirects and faults never pass proxy.ts.
  for (const [name, value] of securityHeaders(isServedOverHttps())) response.setHeader(name, value);
  try {
    assertPlainRequest(request);
  } catch (error) {
    void refuse(response, error);
    return;
  }
  void handle(request, response);
});
// Nothing here speaks another protocol; left to the framework, such a connection would stay open without an answer.
server.on('upgrade', (_request, socket) => socket.destroy());
server.headersTimeout = HEADERS_TIMEOUT_MS;
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${port} is taken by another program. Set PORT to a free one.` : error,
  );
  process.exit(1);
});
server.listen(port, () => process.send?.('listening'));

async function refuse(response: ServerResponse, error: unknown): Promise<void> {
  const problem = problemResponse(error, newId('req'));
  response.writeHead(problem.status, { ...Object.fromEntries(problem.headers), connection: 'close' });
  response.end(await problem.text());
}

function stop(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent stops everything in order
process.on('disconnect', stop);
