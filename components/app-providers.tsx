'use client';

import { setNonce } from 'get-nonce';
import type { ReactNode } from 'react';
import { QueryProvider } from '#components/query-provider.tsx';
import { ToastProvider } from '#components/ui/toast.tsx';

type AppProvidersProps = {
  /** The nonce of this response's Content-Security-Policy. */
  nonce: string | undefined;
  children: ReactNode;
};

/** What every screen stands on: server state, toasts, and the nonce for the one style that scroll locking adds. */
export function AppProviders({ nonce, children }: AppProvidersProps) {
  if (nonce && typeof window !== 'undefined') setNonce(nonce);
  return (
    <QueryProvider>
      <ToastProvider>{children}</ToastProvider>
    </QueryProvider>
  );
}
