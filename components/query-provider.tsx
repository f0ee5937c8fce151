'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiProblem } from '#lib/query/fetch-json.ts';

const RETRIES_MAX = 2;
const STALE_AFTER_MS = 15_000;

/** Asking again cannot mend what the server refused; what broke on the way or inside may. */
function shouldRetry(failures: number, error: Error): boolean {
  if (error instanceof ApiProblem && error.status < 500) return false;
  return failures < RETRIES_MAX;
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: STALE_AFTER_MS, retry: shouldRetry, refetchOnWindowFocus: true },
      // A write is repeated only by the person: the first one may have taken effect before the answer was lost.
      mutations: { retry: false },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
