'use client';

import { useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { problemText } from '#components/problem-text.ts';
import { PageBody } from '#components/shell/page-body.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { NodeView, WidestView } from '#lib/exposure/schema.ts';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { widestQuery } from '#lib/query/graph.ts';
import type { GraphState } from './graph-address.ts';
import { NodePicker } from './node-picker.tsx';
import type { GraphAddress } from './use-graph-address.ts';

const WIDEST = 10;
const SKELETON_ROWS = 6;

/** Where an exploration begins: a search, the identities that reach most, the crown jewels and who can reach them. */
export function GraphStart({ address }: { address: GraphAddress }) {
  const widest = useQuery(widestQuery(WIDEST));
  const start = (change: Partial<GraphState>) => address.change(change);
  return (
    <PageBody>
      <PageHeader
        title="Graph"
        description="What an attacker who controls one identity can reach, hop by hop, and why."
      />
      <div className="mb-8 max-w-2xl">
        <NodePicker
          label="Find a start"
          placeholder="Find a start by name, key, ARN or SPIFFE id"
          value={null}
          onPick={(key) => start({ key })}
          className="h-11"
        />
      </div>
      {widest.error ? (
        <ErrorState {...problemText(widest.error)} onRetry={() => void widest.refetch()} />
      ) : (
        <Suggestions found={widest.data} onStart={start} />
      )}
    </PageBody>
  );
}

type SuggestionsProps = { found: WidestView | undefined; onStart: (change: Partial<GraphState>) => void };

function Suggestions({ found, onStart }: SuggestionsProps) {
  if (found && found.rows.length === 0 && found.crownJewels.length === 0) return <NothingYet />;
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Section title="Widest blast radii" description={found ? measuredOf(found) : 'Measuring …'}>
        <Rows isLoading={!found}>
          {found?.rows.map(({ node, reached, sensitive, crownJewels }) => (
            <StartRow key={node.id} node={node} onPress={() => onStart({ key: node.key })}>
              <Figure value={reached} unit="reached" />
              <Figure value={sensitive} unit="sensitive" isGrave={crownJewels > 0} />
            </StartRow>
          ))}
        </Rows>
      </Section>
      <Section title="Crown jewels" description="Who can reach them, by what is granted.">
        <Rows isLoading={!found}>
          {found?.crownJewels.map(({ node, exposedTo }) => (
            <StartRow key={node.id} node={node} onPress={() => onStart({ key: node.key, direction: 'into' })}>
              <Figure value={exposedTo} unit="can reach it" />
            </StartRow>
          ))}
          {found?.crownJewels.length === 0 && (
            <li className="px-4 py-6 text-ink-muted">
              No resource is marked as a crown jewel by any source.
            </li>
          )}
        </Rows>
      </Section>
    </div>
  );
}

function measuredOf({ identities, measured }: WidestView): string {
  const all = identities.toLocaleString('en');
  if (measured >= identities) return `Of all ${all} identities that are not people, by what is granted.`;
  return `Of the ${measured.toLocaleString('en')} best connected of ${all} identities, by what is granted.`;
}

function Rows({ isLoading, children }: { isLoading: boolean; children: ReactNode }) {
  return (
    <ul
      aria-busy={isLoading}
      className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface"
    >
      {isLoading
        ? Array.from({ length: SKELETON_ROWS }, (_, at) => (
            <li key={at} className="px-4 py-4">
              <Skeleton className="w-64" />
            </li>
          ))
        : children}
    </ul>
  );
}

function StartRow({ node, onPress, children }: { node: NodeView; onPress: () => void; children: ReactNode }) {
  return (
    <li>
      <button
        type="button"
        onClick={onPress}
        className="flex w-full min-w-0 items-center gap-3 px-4 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <NodeKindIcon kind={node.kind} />
        <span className="min-w-0 flex-1">
          <NameText value={node.name} className="block truncate font-medium" />
          <KeyText value={node.key} />
        </span>
        <span className="hidden w-28 shrink-0 text-sm text-ink-muted sm:block">
          {NODE_KINDS[node.kind].label}
        </span>
        {children}
      </button>
    </li>
  );
}

function Figure({ value, unit, isGrave = false }: { value: number; unit: string; isGrave?: boolean }) {
  return (
    <span className="w-20 shrink-0 text-right">
      <span
        className={
          isGrave ? 'block font-semibold text-danger-ink tabular-nums' : 'block font-semibold tabular-nums'
        }
      >
        {value.toLocaleString('en')}
      </span>
      <span className="block text-xs text-ink-muted">{unit}</span>
    </span>
  );
}

function NothingYet() {
  return (
    <EmptyState
      title="The graph is empty"
      icon={<Waypoints aria-hidden />}
      action={
        <LinkButton href="/sources" tone="primary">
          Import a source
        </LinkButton>
      }
    >
      Nothing that you may see reaches anything yet. Import an inventory, and what it grants is drawn here.
    </EmptyState>
  );
}
