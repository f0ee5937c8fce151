'use client';

import { LogOut, UserRound } from 'lucide-react';
import { buttonStyle } from '#components/ui/button-style.ts';
import { NameText } from '#components/ui/key-text.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import type { Viewer } from './viewer.ts';

export type UserMenuProps = { user: Viewer['user']; signOutHref: string };

const MENU_ID = 'user-menu';

/** The browser's own popover: it needs no script to open, Esc and a press elsewhere close it. */
export function UserMenu({ user, signOutHref }: UserMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget={MENU_ID}
        aria-label={`${user.name}: theme and sign-out`}
        className="grid size-8 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text ring-1 ring-line"
      >
        {initials(user.name)}
      </button>
      <div
        id={MENU_ID}
        popover="auto"
        role="dialog"
        aria-label="You"
        className="fixed inset-auto top-13 right-4 m-0 w-72 animate-appear rounded-lg border border-line bg-raised p-2 text-ink shadow-float sm:right-6 lg:right-8"
      >
        <div className="px-2 pt-1 pb-3">
          <p className="truncate font-medium">
            <NameText value={user.name} />
          </p>
          <p className="text-sm text-ink-muted">{user.role}</p>
        </div>
        <div className="border-y border-line px-2 py-3">
          <ThemeSwitch />
        </div>
        <a href="/account" className={buttonStyle('quiet', 'medium', 'mt-2 w-full justify-start px-2')}>
          <UserRound aria-hidden />
          Your account
        </a>
        {/* A whole load, so that nothing of this person stays in memory. */}
        <a href={signOutHref} className={buttonStyle('quiet', 'medium', 'mt-2 w-full justify-start px-2')}>
          <LogOut aria-hidden />
          Sign out
        </a>
      </div>
    </>
  );
}

/** Two letters at most: of the first and the last word. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen
    .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x2022))
    .join('')
    .toUpperCase();
}
