import { AppError } from '#lib/core/errors.ts';
import { isOwnOrigin } from './public-url.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export const changesState = (request: Pick<Request, 'method'>): boolean => !SAFE_METHODS.has(request.method);

/**
 * Refuses a request that changes something unless one of our own pages sent it. Three things must agree: the header
 * `x-bailiwick: 1` (which no foreign page can send without a preflight that is never granted), `Sec-Fetch-Site` and
 * `Origin`; of the last two at least one must be there. Requests with an API token carry nothing that a browser adds
 * by itself and do not need this.
 */
export function assertSameOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const isOurs =
    request.headers.get('x-bailiwick') === '1' &&
    (site === null || site === 'same-origin') &&
    (origin === null || isOwnOrigin(origin, request.headers)) &&
    !(origin === null && site === null);
  if (isOurs) return;
  throw new AppError(
    'forbidden',
    'This change did not come from a page of this installation, so it was refused. Scripts use an API token; if you opened Bailiwick under another address, set BAILIWICK_URL to it.',
  );
}
