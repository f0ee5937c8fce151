import Link from 'next/link';
import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import { SeverityBadge } from '#components/ui/severity-badge.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { OverviewView } from '#lib/overview/schema.ts';

const BARS = {
  critical: 'fill-critical',
  high: 'fill-high',
  medium: 'fill-medium',
  low: 'fill-low',
  info: 'fill-info',
} as const;

/** Open findings by severity, as bars against the most frequent one. */
export function OpenFindings({ findings }: { findings: OverviewView['findings'] | undefined }) {
  const most = Math.max(1, ...(findings ?? []).map(({ count }) => count));
  return (
    <Section title="Open findings" actions={<TextLink href="/findings">All findings</TextLink>}>
      <Card className="grid gap-1 p-2">
        {findings === undefined && <Skeleton className="h-32" />}
        {findings?.map(({ severity, count }) => (
          <Link
            key={severity}
            href={`/findings?severity=${severity}&state=open`}
            className="grid grid-cols-[5.5rem_minmax(0,1fr)_3.5rem] items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover"
          >
            <SeverityBadge severity={severity} className="justify-self-start" />
            {/* A width attribute, where a style would need an exception from the Content-Security-Policy. */}
            <svg aria-hidden className={`h-2 w-full overflow-hidden rounded-full bg-hover ${BARS[severity]}`}>
              <rect width={`${((count / most) * 100).toFixed(2)}%`} height="100%" rx="4" />
            </svg>
            <span className="text-right font-medium tabular-nums">{count.toLocaleString('en')}</span>
          </Link>
        ))}
      </Card>
    </Section>
  );
}
