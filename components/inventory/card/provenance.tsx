import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { ProvenanceView } from '#lib/inventory/card-schema.ts';
import { STANDING_WORDS } from '../words.ts';

/** Each source's own word on it, with the run and the scope that it came in. */
export function Provenance({ provenance }: { provenance: readonly ProvenanceView[] }) {
  return (
    <Section title="Where this is from">
      <Card className="grid gap-3">
        {provenance.length === 0 && <p className="text-ink-muted">No source states it any more.</p>}
        {provenance.map((one) => (
          <details key={`${one.source} ${one.scope ?? ''}`} className="min-w-0">
            <summary className="cursor-pointer rounded-sm">
              <span className="font-medium">{one.source}</span>{' '}
              <span className="text-sm text-ink-muted">
                {STANDING_WORDS[one.standing].toLowerCase()}, since <RelativeTime at={one.since} />
              </span>
            </summary>
            <div className="mt-2 grid gap-1 border-l-2 border-line pl-3 text-sm">
              <p className="text-ink-muted">
                {one.scope === null ? 'In no scope: absence never ends it.' : `In the scope ${one.scope}.`}{' '}
                Run <TextLink href={`/sources/runs/${one.run}`}>{one.run}</TextLink>
              </p>
              <dl>
                {one.facts.map(({ name, value }) => (
                  <div key={name} className="flex min-w-0 gap-2">
                    <dt className="shrink-0 text-ink-muted">{name}</dt>
                    <dd className="min-w-0 break-words">
                      <NameText value={value} />
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
          </details>
        ))}
      </Card>
    </Section>
  );
}
