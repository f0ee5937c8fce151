import { queryOptions } from '@tanstack/react-query';

export type Health = 'up' | 'no-database' | 'no-server';

export const HEALTH_RECHECK_MS = 5_000;
const HEALTH_CHECK_MS = 30_000;

/** A 5xx of /api/health means that the server is there and its database is not. */
async function readHealth(signal: AbortSignal): Promise<Health> {
  try {
    const response = await fetch('/api/health', { cache: 'no-store', signal });
    return response.status >= 500 ? 'no-database' : 'up';
  } catch (cause) {
    if (signal.aborted) throw cause;
    return 'no-server';
  }
}

/** Asked seldom while all is well and often while it is not; never in a hidden tab. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => readHealth(signal),
  staleTime: 0,
  networkMode: 'always',
  refetchInterval: (query) => (query.state.data === 'up' ? HEALTH_CHECK_MS : HEALTH_RECHECK_MS),
});
