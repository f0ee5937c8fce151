import { TriangleAlert } from 'lucide-react';

/** What went wrong with a form as a whole, above its button; read aloud when it appears. */
export function FormProblem({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text && (
        <p className="flex gap-2 rounded-md bg-danger-soft p-3 text-sm text-danger-ink">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
