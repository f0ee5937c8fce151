import type { ReactNode } from 'react';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { authenticatePage } from '#lib/auth/authenticate.ts';
import { isSetUp } from '#lib/auth/setup.ts';
import { may, type Actor } from '#lib/authz/actor.ts';
import type { Permission } from '#lib/authz/permissions.ts';
import { markGated } from './gated.ts';
import { REQUEST_PATH_HEADER } from './security-headers.ts';

type PageProps = {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

type PageInput = {
  actor: Actor;
  params: Record<string, string>;
  searchParams: Record<string, string | string[] | undefined>;
};

/** The gate of a page: the same permissions as the routes, refused by default. */
export function page(
  declaration: { permission: Permission },
  render: (input: PageInput) => ReactNode | Promise<ReactNode>,
) {
  const gated = async ({ params, searchParams }: PageProps): Promise<ReactNode> => {
    const actor = await requireActor();
    if (!may(actor, declaration.permission)) forbidden();
    return render({ actor, params: await params, searchParams: await searchParams });
  };
  return markGated(gated, declaration.permission);
}

/** A page that needs no sign-in. Said explicitly, so that it is easy to find. */
export function publicPage(
  render: (input: Pick<PageInput, 'searchParams'>) => ReactNode | Promise<ReactNode>,
) {
  const open = async ({ searchParams }: PageProps): Promise<ReactNode> =>
    render({ searchParams: await searchParams });
  return markGated(open, 'public');
}

/** Whoever asks for this page; nobody goes to the sign-in page and comes back afterwards, or to the set-up at the first start. */
export async function requireActor(): Promise<Actor> {
  const asked = await headers();
  const actor = await authenticatePage(asked);
  if (actor !== null) return actor;
  if (!(await isSetUp())) redirect('/setup');
  const path = asked.get(REQUEST_PATH_HEADER);
  redirect(path === null || path === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(path)}`);
}
