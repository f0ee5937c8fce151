import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Section } from '#components/ui/section.tsx';
import type { SourceDetail } from '#lib/ingest/view-schema.ts';

/** When the source was watching. Use outside of this is unobservable, which is not the same as unused. */
export function WindowList({ windows }: Pick<SourceDetail, 'windows'>) {
  return (
    <Section
      title="Watched"
      description="When use would have been seen. In a gap it is unobservable, never unused."
    >
      <Card className="grid gap-4">
        {windows.map(({ scope, spans, gaps }) => (
          <div key={scope} className="grid gap-1.5">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              <NameText value={scope} />
              {gaps.length > 0 && (
                <Badge tone="warn">
                  {gaps.length === 1 ? '1 gap' : `${gaps.length.toLocaleString('en')} gaps`}
                </Badge>
              )}
            </p>
            <Timeline spans={spans} />
            <ul className="text-sm text-ink-muted tabular-nums">
              {spans.slice(-4).map(({ from, to }) => (
                <li key={from}>
                  {from.slice(0, 16).replace('T', ' ')} to {to.slice(0, 16).replace('T', ' ')} UTC
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Card>
    </Section>
  );
}

/** The spans to scale; the list beside it says the same in figures. */
function Timeline({ spans }: { spans: SourceDetail['windows'][number]['spans'] }) {
  const from = Date.parse(spans[0]?.from ?? '');
  const length = Math.max(1, Date.parse(spans.at(-1)?.to ?? '') - from);
  const share = (time: string): number => ((Date.parse(time) - from) / length) * 100;
  return (
    <svg aria-hidden className="block h-2 w-full rounded-full bg-hover fill-accent">
      {spans.map((span) => (
        <rect
          key={span.from}
          x={`${share(span.from).toFixed(2)}%`}
          width={`${Math.max(0.4, share(span.to) - share(span.from)).toFixed(2)}%`}
          height="100%"
        />
      ))}
    </svg>
  );
}
