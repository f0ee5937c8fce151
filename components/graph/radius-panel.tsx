'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { Tabs } from '#components/ui/tabs.tsx';
import type { DrawView, PathView } from '#lib/exposure/schema.ts';
import { ChokePanel } from './choke-panel.tsx';
import type { ExplorerProps } from './graph-explorer.tsx';
import { NodePanel } from './node-panel.tsx';
import { ReachSummary } from './reach-summary.tsx';
import { ReachTable } from './reach-table.tsx';
import { SidePanel } from './side-panel.tsx';
import { WhyPath } from './why-path.tsx';

export type RadiusPanelProps = ExplorerProps & {
  view: DrawView | undefined;
  /** The path to the selected node. */
  why: UseQueryResult<PathView>;
};

/** Beside the drawing: the same as a list, the selected node and why it is reached, and where to cut. */
export function RadiusPanel({ view, why, ...props }: RadiusPanelProps) {
  const { startKey, address } = props;
  const { state, change } = address;
  const selected = state.selected ?? startKey;
  const known = view?.nodes.find(({ key }) => key === selected);
  const tabs = [
    {
      value: 'reached' as const,
      label: state.direction === 'from' ? 'Reached' : 'Can reach it',
      count: view?.reached,
      content: (
        <>
          <ReachSummary view={view} address={address} />
          <ReachTable startKey={startKey} address={address} />
        </>
      ),
    },
    {
      value: 'node' as const,
      label: state.selected === null ? 'Start' : 'Selected',
      content: (
        <>
          {state.selected !== null && selected !== startKey && <WhyPath why={why} address={address} />}
          <NodePanel nodeKey={selected} known={known} address={address} />
        </>
      ),
    },
    ...(state.direction === 'from'
      ? [
          {
            value: 'choke' as const,
            label: 'Choke points',
            content: <ChokePanel {...props} view={view} />,
          },
        ]
      : []),
  ];
  const open = tabs.some(({ value }) => value === state.panel) ? state.panel : 'reached';
  return (
    <SidePanel>
      <Tabs label="About the graph" tabs={tabs} value={open} onChange={(panel) => change({ panel })} />
    </SidePanel>
  );
}
