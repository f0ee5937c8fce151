import Link from 'next/link';
import type { ReactNode } from 'react';
import { CommandSearch } from './command-search.tsx';
import { Logo } from './logo.tsx';
import { MobileNav } from './mobile-nav.tsx';
import { NavList } from './nav-list.tsx';
import { ReachabilityBanner } from './reachability-banner.tsx';
import { UserMenu } from './user-menu.tsx';
import type { Viewer } from './viewer.ts';

export type AppShellProps = {
  viewer: Viewer;
  signOutHref: string;
  children: ReactNode;
};

const MAIN_ID = 'main';

/** The frame around every page of a signed-in person: pages at the side, search and user above, the page in <main>. */
export function AppShell({ viewer, signOutHref, children }: AppShellProps) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href={`#${MAIN_ID}`}
        className="sr-only z-50 rounded-md bg-accent px-4 py-2 font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-surface lg:flex">
        <Link
          href="/overview"
          className="flex h-14 shrink-0 items-center gap-2.5 px-5 text-lg font-semibold tracking-tight"
        >
          <Logo />
          Bailiwick
        </Link>
        <div className="min-h-0 flex-1 overflow-y-auto px-2 pt-2 pb-4">
          <NavList permissions={viewer.permissions} />
        </div>
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-3 border-b border-line bg-canvas/90 px-4 backdrop-blur-sm sm:px-6 lg:px-8">
          <MobileNav permissions={viewer.permissions} />
          <CommandSearch permissions={viewer.permissions} />
          <div className="ml-auto">
            <UserMenu user={viewer.user} signOutHref={signOutHref} />
          </div>
        </header>
        <ReachabilityBanner />
        <main id={MAIN_ID} tabIndex={-1} className="flex min-w-0 flex-1 flex-col focus-visible:outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
