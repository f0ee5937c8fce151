import { QUESTIONS, VERDICTS } from '#components/inventory/card/questions.tsx';
import type { QuestionView } from '#lib/inventory/card-schema.ts';

/** The four questions in brief; what the answers rest on stands on the card. */
export function FourQuestions({ questions }: { questions: readonly QuestionView[] }) {
  return (
    <dl className="grid gap-2 rounded-lg border border-line p-3">
      {questions.map(({ question, verdict, answer }) => {
        const { Icon, colour } = VERDICTS[verdict];
        return (
          <div key={question} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2">
            <Icon aria-hidden className={`mt-0.5 size-4 ${colour}`} />
            <dt className="text-sm text-ink-muted">{QUESTIONS[question]}</dt>
            <dd className="col-start-2 font-medium">{answer}</dd>
          </div>
        );
      })}
    </dl>
  );
}
