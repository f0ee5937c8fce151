'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Route } from 'lucide-react';
import { useMemo, useState } from 'react';
import { FilterMenu } from '#components/data-table/filter-menu.tsx';
import { problemText } from '#components/problem-text.ts';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { Select } from '#components/ui/select.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import type { PathView } from '#lib/exposure/schema.ts';
import { NODE_KIND_NAMES, NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { pathsQuery } from '#lib/query/graph.ts';
import { nodeByKey } from '#lib/query/inventory.ts';
import { CanvasFrame } from './canvas-frame.tsx';
import type { ExplorerProps } from './graph-explorer.tsx';
import { pathQuestion } from './graph-questions.ts';
import { HopList } from './hop-list.tsx';
import { NodePanel } from './node-panel.tsx';
import { NodePicker } from './node-picker.tsx';
import { pathHighlight, pathsPicture } from './paths-picture.ts';
import { SidePanel } from './side-panel.tsx';
import type { GraphAddress } from './use-graph-address.ts';
import { useNarrow } from './use-narrow.ts';

/** The shortest ways from the start to another node, drawn from left to right and told in sentences. */
export function PathsView({ startKey, address }: ExplorerProps) {
  const { to } = address.state;
  return (
    <>
      <PathFilters startKey={startKey} address={address} />
      {to === null ? (
        <EmptyState title="Choose where the paths end" icon={<Route aria-hidden />}>
          The shortest ways from the start to that node are drawn, each hop with what allows it.
        </EmptyState>
      ) : (
        <FoundPaths startKey={startKey} to={to} address={address} />
      )}
    </>
  );
}

const MODES = [
  { value: 'granted', label: 'Granted' },
  { value: 'exercised', label: 'Exercised' },
] as const;
const COUNTS = [1, 3, 5, 10, 20];
const AVOIDED = {
  name: 'avoid',
  label: 'Avoid',
  options: NODE_KIND_NAMES.map((kind) => ({ value: kind, label: NODE_KINDS[kind].plural })),
};

function PathFilters({ startKey, address: { state, change } }: { startKey: string; address: GraphAddress }) {
  const target = useQuery({ ...nodeByKey(state.to ?? ''), enabled: state.to !== null });
  const { to } = state;
  // What is not the viewer's own has no facts for them; its key says which it is.
  const picked = to === null ? null : (target.data?.node ?? { key: to, name: to, kind: 'resource' as const });
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2 sm:px-6">
      <span className="text-sm text-ink-muted">to</span>
      <NodePicker
        label="End of the paths"
        placeholder="Find the other end"
        value={picked}
        onPick={(key) => change({ to: key, selected: null })}
        className="w-full sm:w-72"
      />
      <IconButton
        label="Swap start and end"
        disabled={to === null}
        onClick={() => to !== null && change({ key: to, to: startKey, view: 'paths' })}
      >
        <ArrowLeftRight aria-hidden />
      </IconButton>
      <SegmentedControl
        label="Granted or exercised"
        className="whitespace-nowrap"
        segments={MODES}
        value={state.mode === 'exercised' ? 'exercised' : 'granted'}
        onChange={(mode) => change({ mode })}
      />
      <Select
        aria-label="How many paths"
        value={String(state.paths)}
        options={COUNTS.map((count) => ({
          value: String(count),
          label: count === 1 ? 'The shortest' : `${count} shortest`,
        }))}
        onChange={(event) => change({ paths: Number(event.target.value) })}
        className="w-36"
      />
      <FilterMenu
        filter={AVOIDED}
        values={state.avoid}
        onChange={(values) => change({ avoid: NODE_KIND_NAMES.filter((kind) => values.includes(kind)) })}
      />
    </div>
  );
}

function FoundPaths({ startKey, to, address }: { startKey: string; to: string; address: GraphAddress }) {
  const { state, change } = address;
  const paths = useQuery({
    ...pathsQuery(pathQuestion(state, startKey, to)),
    placeholderData: keepPreviousData,
  });
  const [lit, setLit] = useState(0);
  const view = paths.data;
  const isUpright = useNarrow();
  const picture = useMemo(() => view && pathsPicture(view, isUpright), [view, isUpright]);
  const path = view?.paths[lit] ?? view?.paths[0];
  const highlight = useMemo(
    () => (path && (view?.paths.length ?? 0) > 1 ? pathHighlight(path) : null),
    [path, view],
  );
  if (paths.error && !view)
    return <ErrorState {...problemText(paths.error)} onRetry={() => void paths.refetch()} />;
  if (view?.paths.length === 0) return <NoPath view={view} />;
  const chosen = picture?.nodes.find(({ key }) => key === state.selected);
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <CanvasFrame
        picture={picture}
        label={view ? describe(view) : 'The paths are loading.'}
        fitKey={`${startKey}|${to}|${String(view?.version)}|${String(picture?.nodes.length)}`}
        isStale={paths.isPlaceholderData}
        chosen={chosen?.id ?? null}
        highlight={highlight}
        highlightOf={(id) => highlight ?? { nodes: [id], edges: [] }}
        onChoose={(id) => change({ selected: picture?.nodes.find((node) => node.id === id)?.key ?? null })}
        fileName="paths"
        downloads={[
          { label: 'These paths as JSON', href: `/api/v1/graph/path?${pathQuestion(state, startKey, to)}` },
        ]}
      />
      <SidePanel>
        {chosen && view && (
          <div className="border-b border-line py-4">
            <NodePanel
              nodeKey={chosen.key}
              known={nodesOf(view).find(({ id }) => id === chosen.id)}
              address={address}
            />
          </div>
        )}
        {view ? (
          <PathList view={view} lit={lit} onLight={setLit} onPress={(key) => change({ selected: key })} />
        ) : (
          <Skeleton className="mt-4 h-64 w-full" />
        )}
      </SidePanel>
    </div>
  );
}

const nodesOf = (view: PathView) =>
  view.paths.flatMap(({ hops }) => hops.flatMap(({ from, to }) => [from, to]));

function describe({ from, to, paths }: PathView): string {
  const count = paths.length === 1 ? 'One path' : `${paths.length} paths`;
  return `${count} from ${visibleText(from.name)} to ${visibleText(to.name)}, from left to right.`;
}

function NoPath({ view }: { view: PathView }) {
  return (
    <EmptyState title="There is no path" icon={<Route aria-hidden />}>
      {visibleText(view.from.name)} does not reach {visibleText(view.to.name)} by what is asked for. Try the
      other direction, what is granted, or avoid less.
    </EmptyState>
  );
}

type PathListProps = {
  view: PathView;
  lit: number;
  onLight: (at: number) => void;
  onPress: (key: string) => void;
};

function PathList({ view, lit, onLight, onPress }: PathListProps) {
  return (
    <ol aria-label="Paths" className="grid gap-4 py-4">
      {view.paths.map(({ hops }, at) => (
        <li
          key={hops.map(({ edge }) => edge.id).join()}
          className={classNames(
            'rounded-lg border p-3',
            at === lit && view.paths.length > 1 ? 'border-accent' : 'border-line',
          )}
        >
          <div className="mb-2 flex items-center justify-between gap-2">
            <h2 className="font-semibold">
              Path {at + 1}
              <span className="ml-2 font-normal text-ink-muted">
                {hops.length} {hops.length === 1 ? 'hop' : 'hops'}
              </span>
            </h2>
            {view.paths.length > 1 && (
              <button
                type="button"
                aria-pressed={at === lit}
                onClick={() => onLight(at)}
                className="rounded-sm text-sm text-accent-text hover:underline"
              >
                Show in the drawing
              </button>
            )}
          </div>
          <HopList hops={hops} onPress={onPress} />
        </li>
      ))}
    </ol>
  );
}
