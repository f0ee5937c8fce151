import { createServer, connect } from 'node:net';
import { baseUrl } from './send.ts';

const ANSWER_MS = 5_000;

/** Sends these very bytes and gives the head of what comes back, lower case; empty where the connection is just closed. */
export function sendRaw(bytes: string): Promise<string> {
  const { port } = baseUrl();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost');
    let answer = '';
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      resolve((answer.split('\r\n\r\n', 1)[0] ?? '').toLowerCase());
    });
    socket.write(bytes, 'latin1');
  });
}

/** A listener that nobody should ever call, with the count of those who did. */
export async function openTrap(): Promise<{ port: number; hits: () => number; close: () => void }> {
  let hits = 0;
  const server = createServer((socket) => {
    hits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.');
  return { port: address.port, hits: () => hits, close: () => server.close() };
}
