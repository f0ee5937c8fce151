'use client';

import { useQuery } from '@tanstack/react-query';
import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import { SeverityBadge } from '#components/ui/severity-badge.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { findingsOfNode } from '#lib/query/findings.ts';

/** What the rules say of it. */
export function NodeFindings({ nodeKey }: { nodeKey: string }) {
  const { data } = useQuery(findingsOfNode(nodeKey));
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <Section title="Findings">
      <ul className="grid gap-2">
        {data.rows.map((finding) => (
          <li key={finding.id}>
            <Card className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-3">
              <SeverityBadge severity={finding.severity} className="mt-0.5" />
              <div className="min-w-0 flex-1">
                <TextLink href={`/findings/${finding.id}`} className="font-medium">
                  {finding.title}
                </TextLink>
                <p className="text-sm wrap-break-word text-ink-muted">{finding.summary}</p>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}
