'use client';

import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { ENVIRONMENTS } from '#lib/ontology/node-kinds.ts';
import type { ChosenOptions } from './chosen-options.ts';
import type { FormatChoice } from './import-page.tsx';

export type ImportOptionsProps = {
  formats: readonly FormatChoice[];
  options: ChosenOptions;
  onChange: (options: ChosenOptions) => void;
  isDisabled: boolean;
  canSend: boolean;
  onSend: (dryRun: boolean) => void;
};

/** What the input does not say of itself. All of it can be left alone. */
export function ImportOptions({
  formats,
  options,
  onChange,
  isDisabled,
  canSend,
  onSend,
}: ImportOptionsProps) {
  const set = (change: Partial<ChosenOptions>): void => onChange({ ...options, ...change });
  const choices = [
    { value: 'auto', label: 'Told by the content' },
    ...formats.map(({ name, title }) => ({ value: name, label: title })),
  ];
  return (
    <Card>
      <fieldset disabled={isDisabled} className="grid gap-4">
        <legend className="sr-only">Options</legend>
        <Field label="Source" hint="Imports into the same source are compared with each other.">
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={options.source}
              placeholder="Named after the format"
              onChange={(event) => set({ source: event.target.value })}
            />
          )}
        </Field>
        <Field label="Format">
          {(control) => (
            <Select
              {...control}
              options={choices}
              value={options.format}
              onChange={(event) => set({ format: event.target.value })}
            />
          )}
        </Field>
        <label className="flex items-start gap-3">
          <Switch
            checked={options.complete}
            onCheckedChange={(complete) => set({ complete })}
            className="mt-0.5"
          />
          <span className="grid">
            <span className="text-sm font-medium">It is complete</span>
            <span className="text-sm text-ink-muted">What its scopes no longer contain has ended.</span>
          </span>
        </label>
        <details className="group">
          <summary className="cursor-pointer text-sm font-medium text-ink-muted hover:text-ink">
            Where the input does not say it
          </summary>
          <div className="mt-3 grid gap-4">
            <TextField
              label="Account, cluster or tenant"
              value={options.tenant}
              onChange={(tenant) => set({ tenant })}
            />
            <TextField
              label="Namespace"
              value={options.namespace}
              onChange={(namespace) => set({ namespace })}
            />
            <Field label="Environment">
              {(control) => (
                <Select
                  {...control}
                  placeholder="Not stated"
                  options={ENVIRONMENTS.map((value) => ({ value, label: value }))}
                  value={options.environment}
                  onChange={(event) => set({ environment: event.target.value })}
                />
              )}
            </Field>
            <Field label="True as of" hint="Facts hold from then on. Now, when left empty.">
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={options.asOf}
                  onChange={(event) => set({ asOf: event.target.value })}
                />
              )}
            </Field>
          </div>
        </details>
        <div className="grid gap-2 border-t border-line pt-4">
          <Button tone="primary" disabled={!canSend} onClick={() => onSend(true)}>
            Show what would change
          </Button>
          <Button disabled={!canSend} onClick={() => onSend(false)}>
            Import now
          </Button>
        </div>
      </fieldset>
    </Card>
  );
}

function TextField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
