'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ExplorerBar } from './explorer-bar.tsx';
import type { GraphAddress } from './use-graph-address.ts';

export type ExplorerProps = { startKey: string; address: GraphAddress; mayRequestRevocation: boolean };

const loading = () => <Skeleton className="m-6 h-96" />;
// The canvas library is the largest script of the product; only these views need it.
const RadiusView = dynamic(() => import('./radius-view.tsx').then((module) => module.RadiusView), {
  ssr: false,
  loading,
});
const PathsView = dynamic(() => import('./paths-view.tsx').then((module) => module.PathsView), {
  ssr: false,
  loading,
});
const ExpandView = dynamic(() => import('./expand-view.tsx').then((module) => module.ExpandView), {
  ssr: false,
  loading,
});

/** The explorer around one start: its bar, and the view that the address names. */
export function GraphExplorer(props: ExplorerProps) {
  const { view } = props.address.state;
  return (
    // On a wide screen it fills what the page has left and scrolls inside; the page itself does not grow with its list.
    <div className="flex min-w-0 flex-1 flex-col lg:relative">
      <div className="flex min-w-0 flex-1 flex-col lg:absolute lg:inset-0">
        <ExplorerBar {...props} />
        {view === 'radius' && <RadiusView {...props} />}
        {view === 'paths' && <PathsView {...props} />}
        {view === 'expand' && <ExpandView {...props} />}
      </div>
    </div>
  );
}
