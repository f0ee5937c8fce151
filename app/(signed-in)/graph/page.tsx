import type { Metadata } from 'next';
import { GraphScreen } from '#components/graph/graph-screen.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Graph' };

export default page({ permission: 'graph.read' }, ({ actor }) => (
  <GraphScreen mayRequestRevocation={actor.permissions.has('revocation.request')} />
));
