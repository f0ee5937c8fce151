import { createServer } from 'node:http';
import path from 'node:path';
import next from 'next';
import { env } from '#lib/env.ts';
import { stampPeerAddress } from '#lib/http/client-address.ts';

// The web server as a process of its own, started by `bailiwick up`; it ends when its parent does, however that ended.
const HEADERS_TIMEOUT_MS = 20_000;
const DRAIN_MS = 5_000;

const port = env().PORT;
const app = next({ dev: false, dir: path.resolve(import.meta.dirname, '..'), port, hostname: 'localhost' });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
  stampPeerAddress(request);
  void handle(request, response);
});
server.headersTimeout = HEADERS_TIMEOUT_MS;
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${port} is taken by another program. Set PORT to a free one.` : error,
  );
  process.exit(1);
});
server.listen(port, () => process.send?.('listening'));

function stop(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), DRAIN_MS).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent stops everything in order
process.on('disconnect', stop);
