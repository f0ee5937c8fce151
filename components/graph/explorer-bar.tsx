'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleDot, Expand, Route } from 'lucide-react';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import { nodeByKey } from '#lib/query/inventory.ts';
import type { ExplorerView } from './graph-address.ts';
import type { ExplorerProps } from './graph-explorer.tsx';
import { NodePicker } from './node-picker.tsx';
import { RadiusFilters } from './radius-filters.tsx';

const VIEWS = [
  { value: 'radius', label: 'Blast radius', icon: <CircleDot aria-hidden /> },
  { value: 'expand', label: 'Expand', icon: <Expand aria-hidden /> },
  { value: 'paths', label: 'Paths', icon: <Route aria-hidden /> },
] as const satisfies readonly { value: ExplorerView; label: string; icon: unknown }[];

/** Where the exploration starts, how it is looked at, and what of it. */
export function ExplorerBar({ startKey, address }: ExplorerProps) {
  const card = useQuery(nodeByKey(startKey));
  const start = card.data?.node ?? null;
  const { view } = address.state;
  const title = VIEWS.find(({ value }) => value === view)?.label ?? '';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-4 py-2.5 sm:px-6">
      <h1 className="sr-only">
        {title}: {start === null ? 'Graph' : visibleText(start.name)}
      </h1>
      <NodePicker
        label="Start"
        placeholder={card.isPending ? 'Loading …' : 'Find a start'}
        value={start}
        onPick={(key) => address.change({ key })}
        className="w-full sm:w-56 xl:w-64"
      />
      <SegmentedControl
        label="View"
        className="whitespace-nowrap"
        segments={VIEWS}
        value={view}
        onChange={(next) => address.change({ view: next })}
      />
      {view === 'radius' && <RadiusFilters address={address} />}
    </div>
  );
}
