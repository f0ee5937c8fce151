'use client';

import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Popover } from '#components/ui/popover.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';

export type FilterOption = { value: string; label: string; count?: number | undefined };

export type TableFilter = {
  /** The parameter, one of the shape's filters. */
  name: string;
  label: string;
  options: readonly FilterOption[];
};

export type FilterMenuProps = {
  filter: TableFilter;
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
};

const SEARCHED_FROM = 9;

export function FilterMenu({ filter, values, onChange }: FilterMenuProps) {
  const id = useId();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const options = filter.options.filter((option) => option.label.toLowerCase().includes(wanted));
  const trigger = (
    <button
      type="button"
      className={buttonStyle(
        'secondary',
        'medium',
        classNames('px-3 font-normal', values.length > 0 && 'border-accent'),
      )}
    >
      <span className="max-w-56 truncate">
        {filter.label}
        {values.length > 0 && (
          <span className="font-medium text-accent-text">: {summary(filter, values)}</span>
        )}
      </span>
      <ChevronDown aria-hidden className="text-ink-faint" />
    </button>
  );
  return (
    <Popover trigger={trigger} label={`Filter by ${filter.label}`}>
      {filter.options.length >= SEARCHED_FROM && (
        <SearchInput
          label={`Search in ${filter.label}`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="p-1"
        />
      )}
      <ul className="max-h-72 overflow-y-auto">
        {options.map((option) => (
          <li key={option.value} className="flex items-center gap-2.5 rounded-md px-2 hover:bg-hover">
            <Checkbox
              id={`${id}-${option.value}`}
              checked={values.includes(option.value)}
              onCheckedChange={(isOn) =>
                onChange(
                  isOn === true
                    ? [...values, option.value]
                    : values.filter((value) => value !== option.value),
                )
              }
            />
            <label htmlFor={`${id}-${option.value}`} className="min-w-0 flex-1 truncate py-1.5">
              {option.label}
            </label>
            {option.count !== undefined && (
              <span className="text-sm text-ink-faint tabular-nums">{option.count.toLocaleString('en')}</span>
            )}
          </li>
        ))}
        {options.length === 0 && <li className="px-2 py-4 text-center text-ink-muted">Nothing matches.</li>}
      </ul>
      {values.length > 0 && (
        <Button tone="quiet" size="small" className="mt-1 w-full" onClick={() => onChange([])}>
          Any {filter.label.toLowerCase()}
        </Button>
      )}
    </Popover>
  );
}

function summary(filter: TableFilter, values: readonly string[]): string {
  const [first] = values;
  if (first === undefined || values.length > 1) return String(values.length);
  return filter.options.find((option) => option.value === first)?.label ?? first;
}
