import { Section } from '#components/ui/section.tsx';
import type { RevocationDetail } from '#lib/revocation/schema.ts';
import { REVOCATION_WORDS, VERDICT_WORDS } from './words.ts';

const VERDICTS = new Map<string, string>(
  Object.entries(VERDICT_WORDS).map(([verdict, { label }]) => [
    verdict,
    `Rehearsal: ${label.toLowerCase()}.`,
  ]),
);

/** Everything that happened, the newest last. */
export function RevocationTimeline({ steps }: { steps: RevocationDetail['steps'] }) {
  return (
    <Section title="What happened">
      <ol className="border-l border-line pl-4">
        {steps.map((step, i) => (
          <li
            key={`${step.at} ${i}`}
            className="relative pb-4 before:absolute before:top-1.5 before:-left-[1.3rem] before:size-2 before:rounded-full before:bg-line-strong"
          >
            <p className="font-medium">{REVOCATION_WORDS[step.state].label}</p>
            <p className="text-sm text-ink-muted tabular-nums">
              {step.at.slice(0, 16).replace('T', ' ')} · {step.byName}
            </p>
            {step.note && <p className="text-sm wrap-break-word">{VERDICTS.get(step.note) ?? step.note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
