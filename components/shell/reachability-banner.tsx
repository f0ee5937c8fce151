'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { HEALTH_RECHECK_MS, healthQuery } from '#lib/query/health.ts';

const WORDS = {
  'no-database':
    'The database cannot be reached. What is shown may be old, and changes are refused. Trying again…',
  'no-server': 'The server does not answer. What is shown may be old. Trying again…',
} as const;

/** Says that the database or the server is away, and leaves by itself when both are back. */
export function ReachabilityBanner() {
  const queryClient = useQueryClient();
  const { data: health = 'up' } = useQuery(healthQuery);
  const wasAway = useRef(false);
  useEffect(() => {
    if (health === 'up' && wasAway.current) void queryClient.invalidateQueries({ type: 'active' });
    wasAway.current = health !== 'up';
  }, [health, queryClient]);
  return (
    <div role="status">
      {health !== 'up' && (
        <p className="flex items-center gap-2.5 border-b border-line bg-warn-soft px-4 py-2 text-warn-ink sm:px-6 lg:px-8">
          <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
          {WORDS[health]}
          <span className="sr-only">Checked every {HEALTH_RECHECK_MS / 1000} seconds.</span>
        </p>
      )}
    </div>
  );
}
