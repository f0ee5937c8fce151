'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '#components/ui/class-names.ts';
import { isWithin, navFor } from './nav-items.ts';
import type { Permission } from '#lib/authz/permissions.ts';

export type NavListProps = {
  permissions: readonly Permission[];
  /** Called when a page is chosen, so that a sheet can close. */
  onNavigate?: () => void;
};

export function NavList({ permissions, onNavigate }: NavListProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="grid gap-4">
      {navFor(permissions).map((group) => (
        <ul key={group[0]?.href} className="grid gap-0.5">
          {group.map(({ href, label, Icon }) => {
            const isHere = isWithin(pathname, href);
            return (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={isHere ? 'page' : undefined}
                  {...(onNavigate ? { onClick: onNavigate } : {})}
                  className={classNames(
                    'flex h-9 items-center gap-3 rounded-md px-3 font-medium text-ink-muted hover:bg-hover hover:text-ink lg:h-8',
                    isHere && 'bg-selected text-ink hover:bg-selected',
                  )}
                >
                  <Icon
                    aria-hidden
                    className={classNames('size-4 shrink-0', isHere ? 'text-accent-text' : 'text-ink-faint')}
                  />
                  {label}
                </Link>
              </li>
            );
          })}
        </ul>
      ))}
    </nav>
  );
}
