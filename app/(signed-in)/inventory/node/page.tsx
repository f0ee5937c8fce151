import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NodeCardView } from '#components/inventory/card/node-card.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Node' };

export default page({ permission: 'inventory.read' }, ({ actor, searchParams }) => {
  const { key } = searchParams;
  if (typeof key !== 'string' || key === '') notFound();
  return (
    <PageBody>
      <NodeCardView nodeKey={key} mayRevoke={actor.permissions.has('revocation.request')} />
    </PageBody>
  );
});
