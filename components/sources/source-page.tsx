'use client';

import { useQuery } from '@tanstack/react-query';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { SourceDetail } from '#lib/ingest/view-schema.ts';
import { sourceById } from '#lib/query/sources.ts';
import { Loaded } from '#components/loaded.tsx';
import { OwnershipSwitch } from './ownership-switch.tsx';
import { RunTable } from './run-table.tsx';
import { ScopeList } from './scope-list.tsx';
import { WindowList } from './window-list.tsx';
import { count } from './words.ts';

/** One source: how fresh it is, what it covers, when it was watching, and all its runs. */
export function SourcePage({ id, canManage }: { id: string; canManage: boolean }) {
  const query = useQuery(sourceById(id));
  return <Loaded query={query}>{(source) => <Source source={source} canManage={canManage} />}</Loaded>;
}

function Source({ source, canManage }: { source: SourceDetail; canManage: boolean }) {
  const into = new URLSearchParams({ source: source.name }).toString();
  return (
    <>
      <PageHeader
        title={<NameText value={source.name} />}
        breadcrumb={<Breadcrumb trail={[{ label: 'Sources', href: '/sources' }]} />}
        description={
          <>
            {source.formatTitle ?? 'Nothing imported yet'}
            {source.freshAt !== null && (
              <>
                , fresh as of <RelativeTime at={source.freshAt} />
              </>
            )}
            . {count(source.nodes)} nodes, {count(source.edges)} edges, {count(source.events)} usage events.
          </>
        }
        actions={
          canManage && (
            <LinkButton href={`/sources/import?${into}`} tone="primary">
              Import into it
            </LinkButton>
          )
        }
      />
      <div className="grid gap-8">
        <Section title="Runs">
          <RunTable source={source.id} />
        </Section>
        <div className="grid items-start gap-8 lg:grid-cols-2">
          <ScopeList scopes={source.scopes} />
          {source.windows.length > 0 && <WindowList windows={source.windows} />}
        </div>
        <OwnershipSwitch source={source} canManage={canManage} />
      </div>
    </>
  );
}
