'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox, type ComboboxOption } from '#components/ui/combobox.tsx';
import { Field } from '#components/ui/field.tsx';
import { ownerSearch } from '#lib/query/ownership.ts';

export type PickedOwner = { id: number; name: string };

export type OwnerPickerProps = {
  label: string;
  hint?: string;
  kind?: 'team' | 'person';
  isRequired?: boolean;
  value: PickedOwner | undefined;
  onChange: (owner: PickedOwner) => void;
};

/** Finds a team or a person of the trust graph by name. */
export function OwnerPicker({ label, hint, kind, isRequired = true, value, onChange }: OwnerPickerProps) {
  const [text, setText] = useState('');
  const found = useQuery({ ...ownerSearch(text, kind), placeholderData: keepPreviousData });
  const options: ComboboxOption[] = (found.data?.rows ?? []).map((owner) => ({
    value: String(owner.id),
    label: owner.name,
    hint: owner.key,
  }));
  return (
    <Field label={label} hint={hint} isRequired={isRequired}>
      {({ id }) => (
        <Combobox
          id={id}
          label={label}
          options={options}
          value={value && { value: String(value.id), label: value.name }}
          onChange={(option) => onChange({ id: Number(option.value), name: option.label })}
          onSearch={setText}
          isSearching={found.isFetching}
          placeholder={kind === 'person' ? 'Find a person' : 'Find a team or a person'}
        />
      )}
    </Field>
  );
}
