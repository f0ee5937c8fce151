import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { SourceDetail } from '#lib/ingest/view-schema.ts';

/** What the source speaks of, and when it last did so completely. */
export function ScopeList({ scopes }: Pick<SourceDetail, 'scopes'>) {
  return (
    <Section title="Scopes" description="Only a complete reading of a scope ends what it no longer contains.">
      <Card className="py-1">
        {scopes.length === 0 ? (
          <p className="py-2 text-ink-muted">The input names no scope, so absence never ends anything.</p>
        ) : (
          <DescriptionList>
            {scopes.map(({ scope, lastCompleteAt }) => (
              <div key={scope} className="flex flex-wrap justify-between gap-x-4 py-2">
                <dt className="min-w-0 wrap-anywhere">
                  <NameText value={scope} />
                </dt>
                <dd className="text-ink-muted">
                  {lastCompleteAt === null ? (
                    'never complete'
                  ) : (
                    <>
                      complete as of <RelativeTime at={lastCompleteAt} />
                    </>
                  )}
                </dd>
              </div>
            ))}
          </DescriptionList>
        )}
      </Card>
    </Section>
  );
}
