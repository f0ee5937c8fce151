'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Kbd } from '#components/ui/kbd.tsx';
import type { Permission } from '#lib/authz/permissions.ts';

/** Loaded at its first use: most pages are opened without it. */
const CommandPalette = dynamic(
  () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  {
    ssr: false,
  },
);

const neverChanges = () => () => undefined;
const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);
const notApple = () => false;

/** The field in the header that opens the command palette, and its shortcut Ctrl/⌘ K. */
export function CommandSearch({ permissions }: { permissions: readonly Permission[] }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const hasCommandKey = useSyncExternalStore(neverChanges, isApple, notApple);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      setWasOpened(true);
      setOpen((isOpenNow) => !isOpenNow);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => {
          setWasOpened(true);
          setOpen(true);
        }}
        className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md border border-line bg-surface px-3 text-ink-faint hover:border-line-strong sm:max-w-96"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">Find a node or a page</span>
        <span className="hidden gap-1 sm:flex">
          <Kbd>{hasCommandKey ? '⌘' : 'Ctrl'}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {wasOpened && <CommandPalette permissions={permissions} isOpen={isOpen} onOpenChange={setOpen} />}
    </>
  );
}
