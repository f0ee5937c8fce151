import type { ReactNode } from 'react';
import { headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { authenticatePage } from '#lib/auth/authenticate.ts';
import { may, type Actor } from '#lib/authz/actor.ts';
import type { Permission } from '#lib/authz/permissions.ts';

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
    const actor = await authenticatePage(await headers());
    if (actor === null) redirect('/sign-in');
    if (!may(actor, declaration.permission)) forbidden();
    return render({ actor, params: await params, searchParams: await searchParams });
  };
  return Object.assign(gated, { permission: declaration.permission });
}
