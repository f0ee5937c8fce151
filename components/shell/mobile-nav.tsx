'use client';

import { Menu } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { NavList } from './nav-list.tsx';

/** The navigation of narrow screens: a sheet from the left. */
export function MobileNav({ permissions }: { permissions: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="lg:hidden">
      <IconButton label="Pages" onClick={() => setOpen(true)} className="-ml-2">
        <Menu aria-hidden />
      </IconButton>
      <Sheet isOpen={isOpen} onOpenChange={setOpen} title="Bailiwick" side="left">
        <NavList permissions={permissions} onNavigate={() => setOpen(false)} />
      </Sheet>
    </div>
  );
}
