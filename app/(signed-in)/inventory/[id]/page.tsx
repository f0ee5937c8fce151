import { notFound, redirect } from 'next/navigation';
import { AppError } from '#lib/core/errors.ts';
import { page } from '#lib/http/page.ts';
import { keyOfNode } from '#lib/inventory/describe-node.ts';

/** The short address of a node, by its number, leads to its card. */
export default page({ permission: 'inventory.read' }, async ({ actor, params }) => {
  const key = await keyOfNode(actor, Number(params['id'])).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return notFound();
    throw error;
  });
  redirect(`/inventory/node?${new URLSearchParams({ key }).toString()}`);
});
