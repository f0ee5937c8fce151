'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Section } from '#components/ui/section.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { neighboursQuery } from '#lib/query/graph.ts';
import { CanvasFrame } from './canvas-frame.tsx';
import { expandPicture, type Answered, type ExpandPicture } from './expand-picture.ts';
import type { Opened } from './graph-address.ts';
import type { ExplorerProps } from './graph-explorer.tsx';
import { neighbourQuestion } from './graph-questions.ts';
import { NodePanel } from './node-panel.tsx';
import type { Highlight } from './show-highlight.ts';
import { SidePanel } from './side-panel.tsx';
import type { GraphAddress } from './use-graph-address.ts';

/** Step by step from the start: neighbours come and go by direction, many of one kind as one mark that opens. */
export function ExpandView({ startKey, address }: ExplorerProps) {
  const { state, change } = address;
  const start = useQuery(neighboursQuery(neighbourQuestion({ key: startKey, direction: 'from' })));
  // Nothing pressed yet: both directions of the start are shown.
  const opened = useMemo(
    () => (state.opened.length > 0 ? state.opened : firstOpened(startKey)),
    [state.opened, startKey],
  );
  const answers = useQueries({
    queries: opened.map((press) => neighboursQuery(neighbourQuestion(press))),
    combine: (results) => ({
      views: results.map(({ data }) => data),
      error: results.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
  const shown = useMemo(() => {
    const answered = opened.flatMap((press, at): Answered[] => {
      const view = answers.views[at];
      return view ? [{ opened: press, view }] : [];
    });
    return start.data && expandPicture(start.data.node, answered);
  }, [start.data, answers.views, opened]);
  if (start.error) return <ErrorState {...problemText(start.error)} onRetry={() => void start.refetch()} />;
  const picture = shown?.picture;
  const chosen = picture?.nodes.find(({ key }) => key === state.selected);
  const press = (next: Opened) => change({ opened: [...opened, next] });
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <CanvasFrame
        picture={picture}
        label={
          picture
            ? `${picture.nodes.length} nodes around ${visibleText(start.data?.node.name ?? '')}.`
            : 'Loading.'
        }
        fitKey={`${startKey}|${String(picture?.nodes.length)}|${String(picture?.clusters.length)}`}
        isStale={answers.views.some((view) => view === undefined)}
        chosen={chosen?.id ?? null}
        highlight={null}
        highlightOf={(id) => around(shown, id)}
        onChoose={(id) => change({ selected: picture?.nodes.find((node) => node.id === id)?.key ?? null })}
        onOpenCluster={(id) => {
          const cluster = shown?.clusters.get(id);
          if (cluster) press(cluster);
        }}
        fileName="neighbours"
        downloads={[]}
        notice={
          (shown?.isFull || answers.error) && (
            <p
              role="status"
              className="border-b border-line bg-surface px-4 py-1.5 text-sm text-ink-muted sm:px-6"
            >
              {answers.error
                ? `A part could not be loaded: ${answers.error.message}`
                : 'The drawing is full; further groups stay closed. Start from one of the nodes to see more.'}
            </p>
          )
        }
      />
      <SidePanel>
        <div className="grid gap-6 py-4">
          <NodePanel
            nodeKey={state.selected ?? startKey}
            known={chosen && shown?.nodes.get(chosen.id)}
            address={address}
          >
            <ExpandButtons nodeKey={state.selected ?? startKey} opened={opened} address={address} />
          </NodePanel>
          {shown && <Shown shown={shown} onPress={(key) => change({ selected: key })} onOpen={press} />}
        </div>
      </SidePanel>
    </div>
  );
}

const firstOpened = (key: string): Opened[] => [
  { key, direction: 'from', cluster: null },
  { key, direction: 'into', cluster: null },
];

function ExpandButtons(props: { nodeKey: string; opened: readonly Opened[]; address: GraphAddress }) {
  const { nodeKey, opened, address } = props;
  const sides = [
    { direction: 'from', open: 'Expand outward', close: 'Collapse outward' },
    { direction: 'into', open: 'Expand inward', close: 'Collapse inward' },
  ] as const;
  return sides.map(({ direction, open, close }) => {
    const isOf = (press: Opened) => press.key === nodeKey && press.direction === direction;
    const isOpen = opened.some(isOf);
    const next = isOpen
      ? opened.filter((press) => !isOf(press))
      : [...opened, { key: nodeKey, direction, cluster: null }];
    return (
      <Button key={direction} size="small" onClick={() => address.change({ opened: next })}>
        {isOpen ? close : open}
      </Button>
    );
  });
}

/** The node with everything that is joined to it in the drawing. */
function around(shown: ExpandPicture | undefined, id: number): Highlight {
  const edges = shown?.picture.edges.filter(({ from, to }) => from === id || to === id) ?? [];
  return { nodes: [id, ...edges.flatMap(({ from, to }) => [from, to])], edges: edges.map((edge) => edge.id) };
}

type ShownProps = { shown: ExpandPicture; onPress: (key: string) => void; onOpen: (cluster: Opened) => void };

function Shown({ shown, onPress, onOpen }: ShownProps) {
  const { nodes, clusters } = shown.picture;
  return (
    <Section
      title="In the drawing"
      description={`${nodes.length} nodes${clusters.length > 0 ? ' and closed groups' : ''}.`}
    >
      <ul className="grid">
        {clusters.map((cluster) => {
          const opened = shown.clusters.get(cluster.id);
          return (
            <li key={cluster.id}>
              <button
                type="button"
                onClick={() => opened && onOpen(opened)}
                className="flex w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover"
              >
                <NodeKindIcon kind={cluster.kind} />
                <span className="min-w-0 flex-1 font-medium">
                  {cluster.count.toLocaleString('en')} {NODE_KINDS[cluster.kind].plural.toLowerCase()}
                </span>
                <span className="text-sm text-accent-text">Open</span>
              </button>
            </li>
          );
        })}
        {[...shown.nodes.values()].map((node) => (
          <li key={node.id}>
            <button
              type="button"
              onClick={() => onPress(node.key)}
              className="flex w-full min-w-0 items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover"
            >
              <NodeKindIcon kind={node.kind} />
              <NameText value={node.name} className="min-w-0 flex-1 truncate" />
              <span className="text-sm text-ink-muted">{NODE_KINDS[node.kind].label}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
