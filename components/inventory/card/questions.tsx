import { CircleAlert, CircleCheck, CircleHelp, CircleMinus } from 'lucide-react';
import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import type { QuestionView } from '#lib/inventory/card-schema.ts';

export const QUESTIONS = {
  bound_to: 'Is it bound to a workload or to a person?',
  short_lived: 'Is its credential short-lived?',
  run_time: 'Is its authorisation decided at run time?',
  revocable: 'Can it be revoked without breaking the pipeline?',
} as const satisfies Record<QuestionView['question'], string>;

export const VERDICTS = {
  good: { Icon: CircleCheck, colour: 'text-success' },
  mixed: { Icon: CircleMinus, colour: 'text-warn' },
  bad: { Icon: CircleAlert, colour: 'text-danger' },
  unknown: { Icon: CircleHelp, colour: 'text-ink-faint' },
} as const;

/** The four questions, each with its answer and what the answer rests on. */
export function Questions({ questions }: { questions: readonly QuestionView[] }) {
  return (
    <Section title="Four questions">
      <div className="grid gap-3 sm:grid-cols-2">
        {questions.map((one) => (
          <Question key={one.question} one={one} />
        ))}
      </div>
    </Section>
  );
}

function Question({ one }: { one: QuestionView }) {
  const { Icon, colour } = VERDICTS[one.verdict];
  return (
    <Card>
      <h3 className="text-sm text-ink-muted">{QUESTIONS[one.question]}</h3>
      <p className="mt-1.5 flex items-start gap-2 font-semibold">
        <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${colour}`} />
        {one.answer}
      </p>
      <ul className="mt-2 grid gap-1 text-sm text-ink-muted">
        {one.evidence.map((line) => (
          <li key={line} className="wrap-break-word">
            {line}
          </li>
        ))}
      </ul>
    </Card>
  );
}
