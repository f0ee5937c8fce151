'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NodeKindBadge } from '#components/node/node-kind-badge.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import type { NodeFactsView, NodeView } from '#lib/exposure/schema.ts';
import { nodeFactsQuery } from '#lib/query/graph.ts';
import { FourQuestions } from './four-questions.tsx';
import type { GraphState } from './graph-address.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';
import type { GraphAddress } from './use-graph-address.ts';

export type NodePanelProps = {
  nodeKey: string;
  /** What the drawing knows of it: shown until the facts are there, and instead of them where they are not the viewer's. */
  known: NodeView | undefined;
  address: GraphAddress;
  /** Further buttons of the view. */
  children?: ReactNode;
};

/** One node: its facts, the four questions, and where to go from it. */
export function NodePanel({ nodeKey, known, address, children }: NodePanelProps) {
  const facts = useQuery(nodeFactsQuery(nodeKey));
  const node = facts.data ?? known;
  if (!node)
    return (
      <p className="py-6 text-ink-muted">
        {facts.isPending ? 'Loading …' : 'Nothing is known of it, or it is not yours to see.'}
      </p>
    );
  const cardHref = `/inventory/node?${new URLSearchParams({ key: node.key }).toString()}`;
  return (
    <section aria-label={visibleText(node.name)} className="grid gap-5">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-lg font-semibold wrap-anywhere">
            <NameText value={node.name} />
          </h2>
          <NodeKindBadge kind={node.kind} />
          <SensitivityBadge sensitivity={node.sensitivity} />
          {node.ended && <Badge>Ended</Badge>}
        </div>
        <div className="mt-1 flex items-start gap-1">
          <KeyText value={node.key} overflow="wrap" className="min-w-0 flex-1" />
          <CopyButton text={node.key} label="Copy the key" />
        </div>
      </div>
      <Moves nodeKey={nodeKey} address={address}>
        {children}
        {facts.data && (
          <LinkButton href={cardHref} size="small">
            Open its card
          </LinkButton>
        )}
      </Moves>
      {facts.data?.questions && <FourQuestions questions={facts.data.questions} />}
      <Facts node={node} facts={facts.data} />
    </section>
  );
}

function Moves({
  nodeKey,
  address,
  children,
}: {
  nodeKey: string;
  address: GraphAddress;
  children: ReactNode;
}) {
  const { state, change } = address;
  const isStart = nodeKey === state.key;
  const move = (label: string, next: Partial<GraphState>) => (
    <Button size="small" onClick={() => change(next)}>
      {label}
    </Button>
  );
  return (
    <div className="flex flex-wrap gap-1.5">
      {!(isStart && state.view === 'radius' && state.direction === 'from') &&
        move('What it reaches', { key: nodeKey, view: 'radius', direction: 'from' })}
      {!(isStart && state.view === 'radius' && state.direction === 'into') &&
        move('Who can reach it', { key: nodeKey, view: 'radius', direction: 'into' })}
      {!isStart && move('Paths from the start', { view: 'paths', to: nodeKey })}
      {isStart && state.view !== 'paths' && move('Paths to …', { view: 'paths' })}
      {state.view !== 'expand' && move('Expand from it', { key: nodeKey, view: 'expand' })}
      {children}
    </div>
  );
}

function Facts({ node, facts }: { node: NodeView; facts: NodeFactsView | undefined }) {
  const people = [facts?.ownerPerson, facts?.ownerBackup].filter((name) => name != null);
  return (
    <DescriptionList className="[&>div]:sm:grid-cols-[7.5rem_minmax(0,1fr)] [&>div]:py-1.5">
      <KeyValue term="Owner">
        {node.owner === null ? (
          <Badge tone="warn">Nobody</Badge>
        ) : (
          <NameText value={[node.owner, ...people].join(', ')} />
        )}
      </KeyValue>
      <KeyValue term="Purpose">{facts?.purpose && <NameText value={facts.purpose} />}</KeyValue>
      <KeyValue term="Environment">{node.environment && <NameText value={node.environment} />}</KeyValue>
      <KeyValue term="Trust zone">{node.zone && <NameText value={node.zone} />}</KeyValue>
      <KeyValue term="Provider">
        {node.provider && <NameText value={[node.provider, facts?.tenant].filter(Boolean).join(' · ')} />}
      </KeyValue>
      {node.type !== null && (
        <KeyValue term="Type">
          <NameText value={node.type} />
        </KeyValue>
      )}
      {facts && (
        <>
          <KeyValue term="Last used">{facts.lastUsedAt && <RelativeTime at={facts.lastUsedAt} />}</KeyValue>
          {facts.expiresAt !== null && (
            <KeyValue term="Expires">
              <RelativeTime at={facts.expiresAt} />
            </KeyValue>
          )}
          <KeyValue term="Attested until">
            {facts.attestedUntil && <RelativeTime at={facts.attestedUntil} />}
          </KeyValue>
          <KeyValue term="Sources">{facts.sources.map(visibleText).join(', ')}</KeyValue>
        </>
      )}
    </DescriptionList>
  );
}
