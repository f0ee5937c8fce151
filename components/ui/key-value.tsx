import type { ReactNode } from 'react';

export type KeyValueProps = {
  term: string;
  /** Nothing known shows as a dash with the words for it. */
  children: ReactNode;
};

/** One row of a DescriptionList. */
export function KeyValue({ term, children }: KeyValueProps) {
  const isEmpty = children === undefined || children === null || children === '';
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-ink-muted">{term}</dt>
      <dd className="min-w-0 wrap-break-word">
        {isEmpty ? (
          <span className="text-ink-faint">
            <span aria-hidden>—</span>
            <span className="sr-only">not known</span>
          </span>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
