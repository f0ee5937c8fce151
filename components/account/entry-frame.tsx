import type { ReactNode } from 'react';
import { Logo } from '#components/shell/logo.tsx';

/** The frame of pages outside the sign-in: one narrow column, the mark above it. */
export function EntryFrame({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-12">
      <div className="mb-8 flex items-center gap-2.5">
        <Logo className="size-8" />
        <span className="text-xl font-semibold tracking-tight">Bailiwick</span>
      </div>
      <div className="w-full max-w-sm rounded-xl border border-line bg-surface p-6 shadow-lift sm:p-8">
        <h1 className="text-lg font-semibold">{title}</h1>
        {lead && <p className="mt-1 text-ink-muted">{lead}</p>}
        <div className="mt-6">{children}</div>
      </div>
      <p className="mt-8 max-w-sm text-center text-sm text-balance text-ink-faint">
        Every service, agent, token and grant: who answers for it, what it reaches, and how to remove it.
      </p>
    </main>
  );
}
