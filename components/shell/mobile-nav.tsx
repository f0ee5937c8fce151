'use client';

import { Menu } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Permission } from '#lib/authz/permissions.ts';
import { NavList } from './nav-list.tsx';

/** Loaded at its first use: wide screens never need it. */
const Sheet = dynamic(() => import('#components/ui/sheet.tsx').then((module) => module.Sheet), {
  ssr: false,
});

/** The navigation of narrow screens: a sheet from the left. */
export function MobileNav({ permissions }: { permissions: readonly Permission[] }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <div className="lg:hidden">
      <IconButton
        label="Pages"
        className="-ml-2"
        onClick={() => {
          setWasOpened(true);
          setOpen(true);
        }}
      >
        <Menu aria-hidden />
      </IconButton>
      {wasOpened && (
        <Sheet isOpen={isOpen} onOpenChange={setOpen} title="Bailiwick" side="left">
          <NavList permissions={permissions} onNavigate={() => setOpen(false)} />
        </Sheet>
      )}
    </div>
  );
}
