import { Agent, request } from 'node:http';

export type Answer = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
};

export type Sending = {
  method?: string;
  /** The request target exactly as it goes over the wire, so that hostile ones stay as they are. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
};

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const TIMEOUT_MS = 30_000;

/** Address of the installation under test, as e2e/start-bailiwick.ts has started it. */
export function baseUrl(): URL {
  const given = process.env['E2E_URL'];
  if (given === undefined) throw new Error('E2E_URL is not set: Bailiwick was not started.');
  return new URL(given);
}

/** Sends one request as it is: no redirect is followed, nothing is added. Throws when the connection ends without an answer. */
export function send({ method = 'GET', path, headers = {}, body }: Sending): Promise<Answer> {
  const { hostname, port } = baseUrl();
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, agent, headers: { ...length, ...headers }, timeout: TIMEOUT_MS },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    sent.on('timeout', () =>
      sent.destroy(new Error(`${method} ${path.slice(0, 200)} was not answered in time.`)),
    );
    sent.on('connect', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What one of our own pages adds to a request that changes something. */
export const pageHeaders = (): Record<string, string> => ({
  origin: baseUrl().origin,
  'x-bailiwick': '1',
  'content-type': 'application/json',
});

/** Does `work` for each item, at most `width` at once, in no particular order. */
export async function forEach<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
