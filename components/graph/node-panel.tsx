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
import { nodeHref } from '#components/inventory/words.ts';
import type { NodeView } from '#lib/exposure/schema.ts';
import type { NodeCard } from '#lib/inventory/card-schema.ts';
import { nodeByKey } from '#lib/query/inventory.ts';
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
  const card = useQuery(nodeByKey(nodeKey));
  const node = card.data?.node ?? known;
  if (!node)
    return (
      <p className="py-6 text-ink-muted">
        {card.isPending ? 'Loading …' : 'Nothing is known of it, or it is not yours to see.'}
      </p>
    );
  const isEnded = card.data ? card.data.node.validTo !== null : known?.ended === true;
  return (
    <section aria-label={visibleText(node.name)} className="grid gap-5">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-lg font-semibold wrap-anywhere">
            <NameText value={node.name} />
          </h2>
          <NodeKindBadge kind={node.kind} />
          <SensitivityBadge sensitivity={node.sensitivity} />
          {isEnded && <Badge>Ended</Badge>}
        </div>
        <div className="mt-1 flex items-start gap-1">
          <KeyText value={node.key} overflow="wrap" className="min-w-0 flex-1" />
          <CopyButton text={node.key} label="Copy the key" />
        </div>
      </div>
      <Moves nodeKey={nodeKey} address={address}>
        {children}
        {card.data && (
          <LinkButton href={nodeHref(node.key)} size="small">
            Open its card
          </LinkButton>
        )}
      </Moves>
      {card.data && card.data.questions.length > 0 && <FourQuestions questions={card.data.questions} />}
      <Facts node={node} card={card.data} />
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

type Known = Pick<NodeView, 'owner' | 'environment' | 'zone' | 'provider' | 'type'>;

function Facts({ node, card }: { node: Known; card: NodeCard | undefined }) {
  const people = [card?.owner.person?.name, card?.owner.backup?.name].filter((name) => name !== undefined);
  return (
    <DescriptionList className="[&>div]:py-1.5 [&>div]:sm:grid-cols-[7.5rem_minmax(0,1fr)]">
      <KeyValue term="Owner">
        {node.owner === null ? (
          <Badge tone="warn">Nobody</Badge>
        ) : (
          <NameText value={[node.owner, ...people].join(', ')} />
        )}
      </KeyValue>
      <KeyValue term="Purpose">{card?.node.purpose && <NameText value={card.node.purpose} />}</KeyValue>
      <KeyValue term="Environment">{node.environment && <NameText value={node.environment} />}</KeyValue>
      <KeyValue term="Trust zone">{node.zone && <NameText value={node.zone} />}</KeyValue>
      <KeyValue term="Provider">
        {node.provider && <NameText value={[node.provider, card?.node.tenant].filter(Boolean).join(' · ')} />}
      </KeyValue>
      {node.type !== null && (
        <KeyValue term="Type">
          <NameText value={node.type} />
        </KeyValue>
      )}
      {card && <CardFacts card={card} />}
    </DescriptionList>
  );
}

function CardFacts({ card: { node, provenance } }: { card: NodeCard }) {
  const sources = [...new Set(provenance.map(({ source }) => source))];
  return (
    <>
      <KeyValue term="Last used">{node.lastUsed && <RelativeTime at={node.lastUsed} />}</KeyValue>
      {node.expiresAt !== null && (
        <KeyValue term="Expires">
          <RelativeTime at={node.expiresAt} />
        </KeyValue>
      )}
      <KeyValue term="Attested until">
        {node.attestedUntil && <RelativeTime at={node.attestedUntil} />}
      </KeyValue>
      <KeyValue term="Sources">{sources.map(visibleText).join(', ')}</KeyValue>
    </>
  );
}
