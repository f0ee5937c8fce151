import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { OverviewView } from '#lib/overview/schema.ts';

export function Campaigns({ campaigns }: { campaigns: OverviewView['campaigns'] | undefined }) {
  return (
    <Section title="Campaigns under way" actions={<TextLink href="/campaigns">All campaigns</TextLink>}>
      <Card className="grid gap-4">
        {campaigns === undefined && <Skeleton className="h-12" />}
        {campaigns?.length === 0 && (
          <p className="text-ink-muted">
            None. <TextLink href="/campaigns">Start one</TextLink> to have owners attest what they still need.
          </p>
        )}
        {campaigns?.map((campaign) => (
          <div key={campaign.id} className="min-w-0">
            <p className="mb-1 flex min-w-0 items-baseline justify-between gap-3">
              <TextLink href={`/campaigns/${campaign.id}`} className="min-w-0 truncate">
                <NameText value={campaign.name} />
              </TextLink>
              <span className="shrink-0 text-sm text-ink-muted">
                due <RelativeTime at={campaign.dueAt} />
              </span>
            </p>
            <Progress label="Decided" done={campaign.decided} total={campaign.items} unit="items" />
          </div>
        ))}
      </Card>
    </Section>
  );
}
