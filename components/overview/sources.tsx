import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { OverviewView } from '#lib/overview/schema.ts';

/** What came in when; the stalest source stands first. */
export function Sources({ sources }: { sources: OverviewView['sources'] | undefined }) {
  return (
    <Section title="Freshness of the sources" actions={<TextLink href="/sources">All sources</TextLink>}>
      <Card className="p-0">
        {sources === undefined && <Skeleton className="m-4 h-32" />}
        <ul className="divide-y divide-line">
          {sources?.map((source) => (
            <li key={source.id} className="flex min-w-0 items-baseline justify-between gap-3 px-4 py-2">
              <span className="min-w-0">
                <TextLink href={`/sources/${source.id}`} className="block truncate">
                  <NameText value={source.name} />
                </TextLink>
                {source.coveredTo !== null && (
                  <span className="block text-sm text-ink-faint">
                    logs up to <RelativeTime at={source.coveredTo} />
                  </span>
                )}
              </span>
              <span className="shrink-0 text-sm text-ink-muted">
                {source.lastRunAt === null ? 'Not read yet' : <RelativeTime at={source.lastRunAt} />}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
