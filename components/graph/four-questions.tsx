import { CircleCheck, CircleHelp, CircleMinus, TriangleAlert } from 'lucide-react';
import type { NodeFactsView, Verdict } from '#lib/exposure/schema.ts';

const QUESTIONS = [
  { name: 'workload', text: 'Bound to a workload, not a person?' },
  { name: 'shortLived', text: 'Is its credential short-lived?' },
  { name: 'runTime', text: 'Is it authorised at run time?' },
  { name: 'revocable', text: 'Revocable without breaking anything?' },
] as const;

const MARKS = {
  good: { Icon: CircleCheck, colour: 'text-success', word: 'Yes' },
  bad: { Icon: TriangleAlert, colour: 'text-danger', word: 'No' },
  neutral: { Icon: CircleMinus, colour: 'text-ink-faint', word: 'No' },
  unknown: { Icon: CircleHelp, colour: 'text-ink-faint', word: 'Not known' },
} as const satisfies Record<Verdict['verdict'], unknown>;

/** The four questions of every identity, each with its answer and what the answer rests on. */
export function FourQuestions({ questions }: { questions: NonNullable<NodeFactsView['questions']> }) {
  return (
    <dl className="grid gap-2 rounded-lg border border-line p-3">
      {QUESTIONS.map(({ name, text }) => {
        const { verdict, answer } = questions[name];
        const { Icon, colour, word } = MARKS[verdict];
        return (
          <div key={name} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2">
            <Icon aria-hidden className={`mt-0.5 size-4 ${colour}`} />
            <dt className="font-medium">{text}</dt>
            <dd className="col-start-2 text-sm text-ink-muted">
              <span className="sr-only">{word}. </span>
              {answer}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
