import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { authenticatePage } from '#lib/auth/authenticate.ts';
import { roleTitle } from '#lib/authz/actor.ts';

/** The frame of every page for signed-in people. It only decides what the frame shows: each page has its own gate. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const actor = await authenticatePage(await headers());
  if (actor === null) redirect('/sign-in');
  const viewer = {
    user: { name: actor.name, role: roleTitle(actor.role) },
    permissions: [...actor.permissions],
  };
  return (
    <AppShell viewer={viewer} signOutHref="/sign-out">
      {children}
    </AppShell>
  );
}
