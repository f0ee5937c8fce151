import type { ReactNode } from 'react';
import { DemoBanner } from '#components/account/demo-banner.tsx';
import { AppShell } from '#components/shell/app-shell.tsx';
import { isDemo } from '#lib/auth/demo-users.ts';
import { roleTitle } from '#lib/authz/actor.ts';
import { requireActor } from '#lib/http/page.ts';

/** The frame of every page for signed-in people. It only decides what the frame shows: each page has its own gate. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const viewer = {
    user: { name: actor.name, role: roleTitle(actor.role) },
    permissions: [...actor.permissions],
  };
  return (
    <AppShell viewer={viewer} signOutHref="/sign-out">
      {(await isDemo()) && <DemoBanner />}
      {children}
    </AppShell>
  );
}
