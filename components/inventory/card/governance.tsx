import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { NodeCard } from '#lib/inventory/card-schema.ts';
import { capital, spoken } from '../words.ts';

export function Governance({ reviews, revocations }: Pick<NodeCard, 'reviews' | 'revocations'>) {
  return (
    <Section title="Reviews and revocations">
      <Card className="grid gap-3">
        {reviews.length === 0 && revocations.length === 0 && (
          <p className="text-ink-muted">It was never reviewed, and nobody has asked for its revocation.</p>
        )}
        {revocations.map((one) => (
          <div key={one.id} className="min-w-0">
            <TextLink href={`/revocations/${one.id}`}>Revocation</TextLink>{' '}
            <Badge>{capital(spoken(one.state))}</Badge>
            <p className="text-sm wrap-break-word text-ink-muted">
              <NameText value={one.reason} /> · <RelativeTime at={one.requestedAt} />
            </p>
          </div>
        ))}
        {reviews.map((one) => (
          <div key={one.id} className="min-w-0">
            <TextLink href={`/campaigns/${one.campaignId}`}>
              <NameText value={one.campaign} />
            </TextLink>{' '}
            <Badge>{capital(spoken(one.state))}</Badge>
            <p className="text-sm wrap-break-word text-ink-muted">
              {one.reason !== null && <NameText value={one.reason} />}
              {one.decidedAt !== null && (
                <>
                  {' '}
                  · <RelativeTime at={one.decidedAt} />
                </>
              )}
            </p>
          </div>
        ))}
      </Card>
    </Section>
  );
}
