'use client';

import { useQuery } from '@tanstack/react-query';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { isUnderWay, runById, runsOfUpload } from '#lib/query/runs.ts';
import { Loaded } from '#components/loaded.tsx';
import { RejectionTable } from './rejection-table.tsx';
import { RunActions } from './run-actions.tsx';
import { RunCounts } from './run-counts.tsx';
import { RunMessage } from './run-message.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunStateBadge } from './run-state-badge.tsx';
import { count } from './words.ts';

/** One run: how far it is, what it brought, what was set aside, and what can be done about it. */
export function RunPage({ run, canManage }: { run: string; canManage: boolean }) {
  const query = useQuery(runById(run));
  return <Loaded query={query}>{(data) => <Run run={data} canManage={canManage} />}</Loaded>;
}

function Run({ run, canManage }: { run: RunView; canManage: boolean }) {
  return (
    <>
      <PageHeader
        title={run.dryRun ? 'Dry run' : 'Import'}
        meta={<RunStateBadge state={run.state} dryRun={run.dryRun} />}
        description={
          <>
            {run.formatTitle}, started <RelativeTime at={run.startedAt} /> by{' '}
            <NameText value={run.startedBy} />
          </>
        }
        breadcrumb={
          <Breadcrumb
            trail={[
              { label: 'Sources', href: '/sources' },
              { label: run.source.name, href: `/sources/${run.source.id}` },
            ]}
          />
        }
        actions={canManage && <RunActions run={run} />}
      />
      <div className="grid gap-8">
        {isUnderWay(run) ? <RunProgress run={run} /> : <RunMessage run={run} />}
        {!isUnderWay(run) && <RunCounts run={run} />}
        <Notes run={run} />
        {run.rejected > 0 && !isUnderWay(run) && <RejectionTable run={run.run} />}
        {run.upload !== null && <SameUpload run={run} upload={run.upload} />}
      </div>
    </>
  );
}

function Notes({ run }: { run: RunView }) {
  const { problems, unknown, scopes } = run;
  if (problems.length + unknown.length + scopes.length === 0) return null;
  return (
    <div className="grid items-start gap-8 lg:grid-cols-2">
      {scopes.length > 0 && (
        <Section title="Scopes" description="The parts of the world that the input speaks of.">
          <Card className="py-1">
            <DescriptionList>
              {scopes.map(({ scope, complete }) => (
                <KeyValue key={scope} term={complete ? 'Complete' : 'In part'}>
                  <NameText value={scope} />
                </KeyValue>
              ))}
            </DescriptionList>
          </Card>
        </Section>
      )}
      {unknown.length > 0 && (
        <Section title="Without meaning here" description="Read and counted, but not made into facts.">
          <Card className="py-1">
            <DescriptionList>
              {unknown.slice(0, 20).map(({ what, count: times }) => (
                <KeyValue key={what} term={`${count(times)} ×`}>
                  <NameText value={what} />
                </KeyValue>
              ))}
            </DescriptionList>
          </Card>
        </Section>
      )}
      {problems.length > 0 && (
        <Section title="Files that were not read">
          <Card className="py-1">
            <DescriptionList>
              {problems.map(({ file, problem }) => (
                <KeyValue key={file} term={file}>
                  {problem}
                </KeyValue>
              ))}
            </DescriptionList>
          </Card>
        </Section>
      )}
    </div>
  );
}

/** Files of several formats make several runs. */
function SameUpload({ run, upload }: { run: RunView; upload: string }) {
  const { data } = useQuery({ ...runsOfUpload(upload), refetchInterval: isUnderWay(run) ? 2_000 : false });
  const others = data?.rows.filter((other) => other.run !== run.run) ?? [];
  if (others.length === 0) return null;
  return (
    <Section title="From the same upload">
      <Card className="grid gap-2">
        {others.map((other) => (
          <div key={other.run} className="flex flex-wrap items-center gap-3">
            <TextLink href={`/sources/runs/${other.run}`} className="font-medium">
              <NameText value={other.source.name} />
            </TextLink>
            <span className="text-ink-muted">{other.formatTitle}</span>
            <RunStateBadge state={other.state} dryRun={other.dryRun} />
          </div>
        ))}
      </Card>
    </Section>
  );
}
