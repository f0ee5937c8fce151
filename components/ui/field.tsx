'use client';

import { useId, type ReactNode } from 'react';

export type FieldProps = {
  label: string;
  /** What to enter and why, below the label. */
  hint?: string | undefined;
  /** What is wrong and how to mend it. */
  error?: string | undefined;
  isRequired?: boolean;
  /** Renders the control with the ids that tie it to label, hint and error. */
  children: (control: ControlIds) => ReactNode;
};

export type ControlIds = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  required: boolean;
};

/** Label, hint and error around one control. */
export function Field({ label, hint, error, isRequired = false, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint && hintId, error && errorId].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
        {!isRequired && <span className="ml-1.5 font-normal text-ink-faint">optional</span>}
      </label>
      {hint && (
        <p id={hintId} className="-mt-1 text-sm text-ink-muted">
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error ? true : undefined,
        required: isRequired,
      })}
      {error && (
        <p id={errorId} className="text-sm text-danger-ink">
          {error}
        </p>
      )}
    </div>
  );
}
