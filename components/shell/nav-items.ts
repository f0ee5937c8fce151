import {
  ChartNoAxesColumn,
  ClipboardCheck,
  Database,
  FileCheck2,
  Fingerprint,
  LayoutDashboard,
  ListChecks,
  Settings,
  ShieldX,
  UserRoundCheck,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';

import type { Permission } from '#lib/authz/permissions.ts';

export type NavItem = {
  href: string;
  label: string;
  Icon: LucideIcon;
  /** Who lacks it does not see the item; the page itself refuses on its own. Undefined: everybody who is signed in. */
  permission: Permission | undefined;
  /** Other words under which the command palette finds it. */
  keywords: readonly string[];
};

/** The pages in groups, in the order of the work: see it, answer for it, prove it and keep it running. */
export const NAV_GROUPS: readonly (readonly NavItem[])[] = [
  [
    {
      href: '/overview',
      label: 'Overview',
      Icon: LayoutDashboard,
      permission: undefined,
      keywords: ['home', 'dashboard'],
    },
    {
      href: '/graph',
      label: 'Graph',
      Icon: Waypoints,
      permission: 'graph.read',
      keywords: ['blast radius', 'paths', 'reach'],
    },
    {
      href: '/inventory',
      label: 'Inventory',
      Icon: Fingerprint,
      permission: 'inventory.read',
      keywords: ['identities', 'credentials', 'permissions', 'resources'],
    },
    {
      href: '/findings',
      label: 'Findings',
      Icon: ChartNoAxesColumn,
      permission: 'finding.read',
      keywords: ['risks', 'rules'],
    },
  ],
  [
    {
      href: '/ownership',
      label: 'Ownership',
      Icon: UserRoundCheck,
      permission: 'ownership.read',
      keywords: ['owners', 'claims'],
    },
    {
      href: '/campaigns',
      label: 'Campaigns',
      Icon: ListChecks,
      permission: 'campaign.read',
      keywords: ['attestation'],
    },
    {
      href: '/reviews',
      label: 'My reviews',
      Icon: ClipboardCheck,
      permission: 'review.read',
      keywords: ['attest', 'decide'],
    },
    {
      href: '/revocations',
      label: 'Revocations',
      Icon: ShieldX,
      permission: 'revocation.read',
      keywords: ['revoke', 'leak'],
    },
  ],
  [
    {
      href: '/evidence',
      label: 'Evidence',
      Icon: FileCheck2,
      permission: 'evidence.read',
      keywords: ['audit', 'reports', 'bundles'],
    },
    {
      href: '/sources',
      label: 'Sources',
      Icon: Database,
      permission: 'source.read',
      keywords: ['import', 'upload', 'runs'],
    },
    {
      href: '/settings',
      label: 'Settings',
      Icon: Settings,
      permission: 'settings.read',
      keywords: ['sign-in', 'roles', 'tokens'],
    },
  ],
];

/** The groups as this person sees them; a group of which nothing is left is dropped. */
export function navFor(permissions: readonly Permission[]): (readonly NavItem[])[] {
  return NAV_GROUPS.map((group) =>
    group.filter((item) => item.permission === undefined || permissions.includes(item.permission)),
  ).filter((group) => group.length > 0);
}

/** Whether an address lies on the page of an item or below it. */
export function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
