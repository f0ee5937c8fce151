'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '#components/ui/class-names.ts';

const PAGES = [
  { href: '/settings', label: 'Installation', permission: 'settings.read' },
  { href: '/settings/users', label: 'Users', permission: 'user.read' },
  { href: '/settings/teams', label: 'Teams', permission: 'user.read' },
  { href: '/settings/tokens', label: 'API tokens', permission: 'token.manage' },
  { href: '/settings/permissions', label: 'Permissions', permission: 'settings.read' },
] as const;

/** The pages of the settings as this person sees them. */
export function SettingsNav({ permissions }: { permissions: readonly string[] }) {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Settings"
      className="mb-6 flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]"
    >
      {PAGES.filter(({ permission }) => permissions.includes(permission)).map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? 'page' : undefined}
          className={classNames(
            'relative inline-flex h-10 shrink-0 items-center px-3 font-medium text-ink-muted hover:text-ink focus-visible:-outline-offset-2',
            'after:absolute after:inset-x-3 after:-bottom-px after:h-0.5 after:rounded-full',
            'aria-[current]:text-ink aria-[current]:after:bg-accent',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
