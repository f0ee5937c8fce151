'use client';

import { Columns3 } from 'lucide-react';
import { useId } from 'react';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Popover } from '#components/ui/popover.tsx';
import type { ColumnName } from './column-choice.ts';

export type ColumnMenuProps = {
  all: readonly ColumnName[];
  shown: readonly string[];
  /** Undefined returns to the list's own choice. */
  onChange: (shown: readonly string[] | undefined) => void;
};

export function ColumnMenu({ all, shown, onChange }: ColumnMenuProps) {
  const id = useId();
  const trigger = (
    <button
      type="button"
      aria-label="Columns"
      title="Columns"
      className={buttonStyle('quiet', 'medium', 'px-2.5')}
    >
      <Columns3 aria-hidden />
      <span className="max-sm:sr-only">Columns</span>
    </button>
  );
  return (
    <Popover trigger={trigger} label="Shown columns" align="end" className="w-56">
      <ul>
        {all.map((column) => (
          <li key={column.id} className="flex items-center gap-2.5 rounded-md px-2 hover:bg-hover">
            <Checkbox
              id={`${id}-${column.id}`}
              checked={shown.includes(column.id)}
              onCheckedChange={(isOn) =>
                onChange(isOn === true ? [...shown, column.id] : shown.filter((other) => other !== column.id))
              }
            />
            <label htmlFor={`${id}-${column.id}`} className="min-w-0 flex-1 truncate py-1.5">
              {column.name}
            </label>
          </li>
        ))}
      </ul>
      <Button tone="quiet" size="small" className="mt-1 w-full" onClick={() => onChange(undefined)}>
        Usual columns
      </Button>
    </Popover>
  );
}
