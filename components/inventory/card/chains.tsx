import { ChevronRight } from 'lucide-react';
import { Card } from '#components/ui/card.tsx';
import { KeyText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { ChainView } from '#lib/inventory/card-schema.ts';
import { NodeLink } from '../node-link.tsx';

/** Delegation as the logs' actor chains state it: who asked, through whom, who acted. */
export function Chains({ chains }: { chains: readonly ChainView[] }) {
  if (chains.length === 0) return null;
  return (
    <Section
      title="Delegation chains"
      description="Who acted through whom, from the first to the one that acted. Only the last is verified by the log; the others are as it states them."
    >
      <ul className="grid gap-2">
        {chains.map((chain) => (
          <li
            key={`${chain.action} ${chain.target?.id ?? 0} ${chain.steps.map((step) => step.key).join(' ')}`}
          >
            <Card className="px-4 py-3">
              <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
                {chain.steps.map((step, index) => (
                  <li key={step.key} className="flex min-w-0 items-center gap-1.5">
                    {index > 0 && <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />}
                    {step.node === null ? <KeyText value={step.key} /> : <NodeLink node={step.node} />}
                  </li>
                ))}
              </ol>
              <p className="mt-1.5 text-sm text-ink-muted">
                {chain.steps[0]?.node?.kind !== 'person' && 'No person is named. '}
                {chain.action}
                {chain.target !== null && (
                  <>
                    {' on '}
                    <NodeLink node={chain.target} />
                  </>
                )}
                , {chain.count.toLocaleString('en')} times, last <RelativeTime at={chain.last} />
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}
