import { lookup as systemLookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '#lib/core/errors.ts';
import { env } from '#lib/env.ts';
import { isPublicAddress } from './public-address.ts';

const TIMEOUT_MS = 15_000;
const ANSWER_BYTES_MAX = 1 << 20;
const HEADER_BYTES_MAX = 16 << 10;
/** Statuses whose answers have no body (RFC 9110). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

export type Resolver = (host: string) => Promise<{ address: string; family: number }[]>;
export type EgressRequest = {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** From the first byte sent to the last one received; 15 s unless said otherwise. */
  timeoutMs?: number;
  /** Longest answer; 1 MiB unless said otherwise. */
  answerBytesMax?: number;
};

const resolveBySystem: Resolver = (host) => systemLookup(host, { all: true });

/**
 * The only way out for an address that a person or a source gave. Takes http and https; the host is resolved once,
 * every address it has must be public or the host be listed in EGRESS_ALLOW, and the connection goes to the address
 * that was checked. Redirects are answers like any other and not followed. Throws `invalid_input` for an address that
 * may not be asked, `unavailable` when it does not answer in time or in size.
 */
export async function guardedFetch(
  address: string,
  request: EgressRequest = {},
  resolve: Resolver = resolveBySystem,
): Promise<Response> {
  const url = parseEgressUrl(address);
  const target = await checkedAddress(url, resolve);
  try {
    return await send(url, target, request);
  } catch (cause) {
    const reason = cause instanceof Error && cause.name === 'TimeoutError' ? 'in time' : 'as it should';
    throw new AppError(
      'unavailable',
      `${url.host} did not answer ${reason}. It may have been reached: check there before trying again.`,
      { cause },
    );
  }
}

/** Throws `invalid_input` unless the text is an http or https address without a user name. */
function parseEgressUrl(address: string): URL {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    throw refusal('Give an address that begins with https:// or http://.');
  if (url.username !== '' || url.password !== '')
    throw refusal('An address must not hold a user name or password.');
  return url;
}

async function checkedAddress(url: URL, resolve: Resolver): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await resolveOrRefuse(host, resolve) : [{ address: host, family }];
  const isRefused = !isAllowedHost(url) && !found.every(({ address }) => isPublicAddress(address));
  const [first] = found;
  if (first === undefined || isRefused)
    throw refusal(
      `${url.host} is not on the public internet, so it is not asked. An administrator can allow it with EGRESS_ALLOW.`,
    );
  return first;
}

async function resolveOrRefuse(host: string, resolve: Resolver) {
  try {
    return await resolve(host);
  } catch (cause) {
    throw new AppError('unavailable', `The host ${host} has no address.`, { cause });
  }
}

/** Hosts that the administrator allows although they are private: `host` or `host:port`, exactly. */
function isAllowedHost(url: URL): boolean {
  const allowed = env()
    .EGRESS_ALLOW.split(',')
    .map((entry) => entry.trim().toLowerCase());
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return allowed.includes(url.hostname) || allowed.includes(`${url.hostname}:${port}`);
}

function refusal(message: string): AppError {
  return new AppError('invalid_input', message, { fields: [{ path: 'url', message }] });
}

async function send(
  url: URL,
  target: { address: string; family: number },
  {
    method = 'GET',
    headers = {},
    body,
    timeoutMs = TIMEOUT_MS,
    answerBytesMax = ANSWER_BYTES_MAX,
  }: EgressRequest,
): Promise<Response> {
  const options: RequestOptions = {
    method,
    headers: { 'accept-encoding': 'identity', ...headers, connection: 'close' },
    lookup: pinned(target),
    agent: false,
    maxHeaderSize: HEADER_BYTES_MAX,
    signal: AbortSignal.timeout(timeoutMs),
  };
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = start(url, options, resolve);
  outgoing.on('error', reject);
  outgoing.end(body);
  const answer = await promise;
  const status = answer.statusCode ?? 502;
  const bytes = await readCapped(answer, answerBytesMax);
  const received = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const each of Array.isArray(value) ? value : [value ?? '']) received.append(name, each);
  return new Response(WITHOUT_BODY.has(status) ? null : bytes, { status, headers: received });
}

/** Gives the connection the address that was checked, whatever the name resolves to by now. */
function pinned({ address, family }: { address: string; family: number }): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

async function readCapped(answer: IncomingMessage, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new Error(`The answer is larger than ${bytesMax} bytes.`);
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
