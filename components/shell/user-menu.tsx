'use client';

import { LogOut } from 'lucide-react';
import { buttonStyle } from '#components/ui/button-style.ts';
import { NameText } from '#components/ui/key-text.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import type { Viewer } from './viewer.ts';

export type UserMenuProps = { user: Viewer['user']; signOutHref: string };

export function UserMenu({ user, signOutHref }: UserMenuProps) {
  const trigger = (
    <button
      type="button"
      aria-label={`${user.name}: theme and sign-out`}
      className="grid size-8 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text ring-1 ring-line"
    >
      {initials(user.name)}
    </button>
  );
  return (
    <Popover trigger={trigger} label="You" align="end" className="w-64 p-2">
      <div className="px-2 pt-1 pb-3">
        <p className="truncate font-medium">
          <NameText value={user.name} />
        </p>
        <p className="text-sm text-ink-muted">{user.role}</p>
      </div>
      <div className="border-y border-line px-2 py-3">
        <ThemeSwitch />
      </div>
      {/* A whole load, so that nothing of this person stays in memory. */}
      <a href={signOutHref} className={buttonStyle('quiet', 'medium', 'mt-2 w-full justify-start px-2')}>
        <LogOut aria-hidden />
        Sign out
      </a>
    </Popover>
  );
}

/** Two letters at most: of the first and the last word. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
