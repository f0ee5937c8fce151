'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { problemText } from '#components/problem-text.ts';
import { NodeLink } from '#components/inventory/node-link.tsx';
import { graphHref } from '#components/inventory/words.ts';
import { SimpleTable } from '#components/inventory/card/simple-table.tsx';
import { widestReach } from '#lib/query/overview.ts';

/** The ten identities that would hurt most in the wrong hands. */
export function WidestReach() {
  const { data, error, refetch, isFetching } = useQuery(widestReach());
  return (
    <Section
      title="Widest blast radii"
      description={
        data && data.asked < data.of
          ? `By what is granted, of the ${data.asked.toLocaleString('en')} best connected of ${data.of.toLocaleString('en')} identities.`
          : 'What whoever controls one identity could reach by what is granted: crown jewels first.'
      }
    >
      {data === undefined && error && (
        <ErrorState {...problemText(error)} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {data === undefined && !error && <Skeleton className="h-96" />}
      {data && (
        <SimpleTable
          label="Widest blast radii"
          heads={[
            { name: 'Identity' },
            { name: 'Crown jewels', isNumber: true },
            { name: 'Sensitive', isNumber: true },
            { name: 'Reached', isNumber: true },
            { name: 'Owner' },
            { name: 'Paths' },
          ]}
          rows={data.rows.map((row) => ({
            id: String(row.id),
            cells: [
              <NodeLink key="node" node={row} />,
              row.crownJewels > 0 ? (
                <span key="jewels" className="font-medium text-danger-ink">
                  {row.crownJewels}
                </span>
              ) : (
                '0'
              ),
              row.sensitive.toLocaleString('en'),
              row.reached.toLocaleString('en'),
              row.owner === null ? (
                <span key="owner" className="text-ink-faint">
                  Nobody
                </span>
              ) : (
                <NameText key="owner" value={row.owner} />
              ),
              <TextLink key="graph" href={graphHref(row.key)}>
                Graph
              </TextLink>,
            ],
          }))}
        />
      )}
    </Section>
  );
}
