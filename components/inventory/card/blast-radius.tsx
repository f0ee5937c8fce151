'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { nodeReach } from '#lib/query/inventory.ts';
import { NodeLink } from '../node-link.tsx';
import { SensitivityBadge } from '../sensitivity-badge.tsx';
import { graphHref } from '../words.ts';

/** How far it reaches by what is granted and by what was exercised, and the most sensitive of what it reaches. */
export function BlastRadius({ nodeKey }: { nodeKey: string }) {
  const granted = useQuery(nodeReach(nodeKey, 'granted'));
  const exercised = useQuery(nodeReach(nodeKey, 'exercised'));
  return (
    <Section title="Blast radius">
      <Card>
        {granted.data === undefined ? (
          granted.error ? (
            <p className="text-ink-muted">The graph does not answer now. The rest of the card is complete.</p>
          ) : (
            <Skeleton className="h-16" />
          )
        ) : (
          <>
            <dl className="grid grid-cols-3 gap-2">
              <Number term="Granted" value={granted.data.reached} />
              <Number term="Exercised" value={exercised.data?.reached} />
              <Number term="Sensitive" value={granted.data.sensitive} isDanger={granted.data.sensitive > 0} />
            </dl>
            {granted.data.rows.length > 0 && (
              <ul className="mt-3 grid gap-1.5 border-t border-line pt-3">
                {granted.data.rows.map((row) => (
                  <li key={row.id} className="flex min-w-0 items-center justify-between gap-2 text-sm">
                    <NodeLink node={row} />
                    {row.sensitivity !== null && <SensitivityBadge sensitivity={row.sensitivity} />}
                  </li>
                ))}
              </ul>
            )}
            <TextLink href={graphHref(nodeKey)} className="mt-3 inline-block">
              See every path in the graph
            </TextLink>
          </>
        )}
      </Card>
    </Section>
  );
}

function Number({
  term,
  value,
  isDanger = false,
}: {
  term: string;
  value: number | undefined;
  isDanger?: boolean;
}) {
  return (
    <div>
      <dt className="text-sm text-ink-muted">{term}</dt>
      <dd className={`text-xl font-semibold tabular-nums ${isDanger ? 'text-danger-ink' : ''}`}>
        {value === undefined ? <Skeleton className="mt-1 h-6 w-10" /> : value.toLocaleString('en')}
      </dd>
    </div>
  );
}
