'use client';

import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';

const CHOICES = [30, 90, 180, 365] as const;
const RISKY_MAX = 180;
const DAY_MS = 86_400_000;

export const expiryAfter = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** For how long an attestation holds; a risky one shorter. */
export function ExpiryField({
  days,
  onChange,
  isRisky,
}: {
  days: number;
  onChange: (days: number) => void;
  isRisky: boolean;
}) {
  const options = CHOICES.filter((choice) => !isRisky || choice <= RISKY_MAX).map((choice) => ({
    value: String(choice),
    label: choice === 365 ? '1 year' : `${choice} days`,
  }));
  return (
    <Field label="Holds for" isRequired>
      {(control) => (
        <Select
          {...control}
          options={options}
          value={String(days)}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      )}
    </Field>
  );
}
