'use client';

import { useId } from 'react';
import { kindLabel } from '#components/node/thing-link.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { ENVIRONMENTS, NON_HUMAN_KINDS, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import { SUBJECT_TYPES, type CampaignFilter } from '#lib/campaigns/schema.ts';

const TYPE_LABELS = { identity: 'Identities', credential: 'Credentials', permission: 'Permissions' } as const;

export type FilterFieldsProps = { filter: CampaignFilter; onChange: (filter: CampaignFilter) => void };

/** Which things a campaign asks about. */
export function FilterFields({ filter, onChange }: FilterFieldsProps) {
  const set = (change: Partial<CampaignFilter>) => onChange({ ...filter, ...change });
  return (
    <div className="grid gap-4">
      <Choices
        legend="Ask about"
        options={SUBJECT_TYPES.map((value) => ({ value, label: TYPE_LABELS[value] }))}
        values={filter.subjects}
        onChange={(subjects) => set({ subjects })}
      />
      <Choices
        legend="Environment"
        options={ENVIRONMENTS.map((value) => ({ value, label: value }))}
        values={filter.environments}
        onChange={(environments) => set({ environments })}
      />
      <Choices
        legend="Kind of identity"
        options={NON_HUMAN_KINDS.map((value) => ({ value, label: kindLabel(value) }))}
        values={filter.kinds}
        onChange={(kinds) => set({ kinds })}
      />
      <Choices
        legend="Sensitivity of it, or of what a permission reaches"
        options={SENSITIVITIES.map((value) => ({ value, label: value.replace('_', ' ') }))}
        values={filter.sensitivities}
        onChange={(sensitivities) => set({ sensitivities })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name or key contains">
          {(control) => (
            <Input {...control} value={filter.text} onChange={(event) => set({ text: event.target.value })} />
          )}
        </Field>
        <Field label="No use seen">
          {(control) => (
            <Select
              {...control}
              placeholder="Any use"
              options={[30, 90, 180, 365].map((n) => ({ value: String(n), label: `for ${n} days` }))}
              value={filter.unusedForDays === null ? '' : String(filter.unusedForDays)}
              onChange={(event) =>
                set({ unusedForDays: event.target.value === '' ? null : Number(event.target.value) })
              }
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Choice
          label="Standing credentials only"
          isChecked={filter.standingOnly}
          onChange={(standingOnly) => set({ standingOnly })}
        />
        <Choice
          label="Nobody’s only"
          isChecked={filter.unownedOnly}
          onChange={(unownedOnly) => set({ unownedOnly })}
        />
      </div>
    </div>
  );
}

function Choices<Value extends string>(props: {
  legend: string;
  options: readonly { value: Value; label: string }[];
  values: readonly Value[];
  onChange: (values: Value[]) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{props.legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {props.options.map(({ value, label }) => (
          <Choice
            key={value}
            label={label}
            isChecked={props.values.includes(value)}
            onChange={(isChecked) =>
              props.onChange(
                isChecked ? [...props.values, value] : props.values.filter((other) => other !== value),
              )
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

function Choice(props: { label: string; isChecked: boolean; onChange: (isChecked: boolean) => void }) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-2">
      <Checkbox
        id={id}
        checked={props.isChecked}
        onCheckedChange={(state) => props.onChange(state === true)}
      />
      <label htmlFor={id}>{props.label}</label>
    </span>
  );
}
