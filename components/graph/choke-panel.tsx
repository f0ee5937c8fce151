'use client';

import { useQuery } from '@tanstack/react-query';
import { Scissors } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import type { DrawView } from '#lib/exposure/schema.ts';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { chokePointsQuery } from '#lib/query/graph.ts';
import type { ExplorerProps } from './graph-explorer.tsx';
import { chokeQuestion } from './graph-questions.ts';

type ChokePanelProps = ExplorerProps & { view: DrawView | undefined };

/** Where to cut: the edges and nodes on which most of the reach depends alone, each with a "what if" and the way to act on it. */
export function ChokePanel({ startKey, address, view, mayRequestRevocation }: ChokePanelProps) {
  const { state, change } = address;
  const choke = useQuery(chokePointsQuery(chokeQuestion(state, startKey)));
  if (choke.error) return <ErrorState {...problemText(choke.error)} onRetry={() => void choke.refetch()} />;
  if (!choke.data) return <Skeleton className="h-64 w-full" />;
  const { reached } = choke.data;
  const toggle = (ids: readonly number[], id: number) =>
    ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
  return (
    <div className="grid gap-6">
      {view?.before && (
        <Outcome
          before={view.before}
          now={view}
          onUndo={() => change({ withoutEdges: [], withoutNodes: [] })}
        />
      )}
      <Section title="Edges" description="Each on its own; what hangs on it alone goes with it.">
        <Points isEmpty={choke.data.edges.length === 0}>
          {choke.data.edges.map(({ edge, from, sentence, count }) => (
            <Point
              key={edge.id}
              text={visibleText(sentence)}
              effect={effectText('edge', count, reached)}
              isUnused={edge.lastExercised === null}
              isOut={state.withoutEdges.includes(edge.id)}
              onToggle={() => change({ withoutEdges: toggle(state.withoutEdges, edge.id) })}
              revokeHref={
                mayRequestRevocation ? revocationHref({ node: from.key, edge: String(edge.id) }) : null
              }
            />
          ))}
        </Points>
      </Section>
      <Section title="Nodes">
        <Points isEmpty={choke.data.nodes.length === 0}>
          {choke.data.nodes.map(({ node, count }) => (
            <Point
              key={node.id}
              text={`${NODE_KINDS[node.kind].label} ${visibleText(node.name)}`}
              effect={effectText('node', count, reached)}
              isUnused={false}
              isOut={state.withoutNodes.includes(node.id)}
              onToggle={() => change({ withoutNodes: toggle(state.withoutNodes, node.id) })}
              revokeHref={mayRequestRevocation ? revocationHref({ node: node.key }) : null}
            />
          ))}
        </Points>
      </Section>
    </div>
  );
}

const effectText = (what: string, count: number, reached: number): string =>
  `Removing this one ${what} removes ${count.toLocaleString('en')} of ${reached.toLocaleString('en')} reached nodes.`;

function Outcome({
  before,
  now,
  onUndo,
}: {
  before: NonNullable<DrawView['before']>;
  now: DrawView;
  onUndo: () => void;
}) {
  const lost = before.reached - now.reached;
  const spared = before.sensitive - now.sensitive;
  return (
    <div role="status" className="flex items-start gap-3 rounded-lg border border-accent bg-accent-soft p-3">
      <Scissors aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
      <p className="min-w-0 flex-1">
        <strong className="tabular-nums">
          {lost.toLocaleString('en')} of {before.reached.toLocaleString('en')}
        </strong>{' '}
        would no longer be reached, {spared.toLocaleString('en')} of them sensitive;{' '}
        {now.reached.toLocaleString('en')} would remain. Nothing has been changed yet.
      </p>
      <Button size="small" onClick={onUndo}>
        Undo
      </Button>
    </div>
  );
}

function Points({ isEmpty, children }: { isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return <p className="text-ink-muted">No single one carries more than itself.</p>;
  return <ol className="divide-y divide-line border-y border-line">{children}</ol>;
}

type PointProps = {
  text: string;
  effect: string;
  isUnused: boolean;
  isOut: boolean;
  onToggle: () => void;
  revokeHref: string | null;
};

function Point({ text, effect, isUnused, isOut, onToggle, revokeHref }: PointProps) {
  return (
    <li className="grid gap-1.5 py-2.5">
      <p className="wrap-anywhere">{text}</p>
      <p className="text-sm text-ink-muted">
        <span className="font-medium text-ink">{effect}</span>
        {isUnused && ' Not seen in use.'}
      </p>
      <div className="flex items-center gap-4">
        <label className="inline-flex cursor-pointer items-center gap-2 text-sm">
          <Switch checked={isOut} onCheckedChange={onToggle} aria-label={`What if it were gone: ${text}`} />
          What if it were gone
        </label>
        {revokeHref && (
          <LinkButton href={revokeHref} size="small" tone="quiet">
            Ask for revocation
          </LinkButton>
        )}
      </div>
    </li>
  );
}

/** The page that asks for the revocation of a node, or of a permission that starts at it. */
const revocationHref = (subject: { node: string; edge?: string }): string =>
  `/revocations/new?${new URLSearchParams(subject).toString()}`;
