'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { CONTROL_STYLE } from './control-style.ts';
import { Popover } from './popover.tsx';

export type ComboboxOption = {
  value: string;
  label: string;
  /** Tells two options of the same label apart: the key, the team. */
  hint?: string | undefined;
  icon?: ReactNode;
};

export type ComboboxProps = {
  /** The name of the field, read aloud; give `id` as well when a visible label points here. */
  label: string;
  id?: string;
  options: readonly ComboboxOption[];
  value: ComboboxOption | undefined;
  onChange: (option: ComboboxOption) => void;
  placeholder?: string;
  /** Given, the caller searches (on the server) and the options are shown as they come; not given, they are filtered here. */
  onSearch?: (text: string) => void;
  isSearching?: boolean;
  isInvalid?: boolean;
  className?: string;
};

/** A field whose value is found by typing; for long lists and for things that only the server knows. */
export function Combobox(props: ComboboxProps) {
  const [isOpen, setOpen] = useState(false);
  const trigger = (
    <button
      type="button"
      id={props.id}
      role="combobox"
      aria-label={props.id === undefined ? props.label : undefined}
      aria-expanded={isOpen}
      aria-haspopup="listbox"
      aria-invalid={props.isInvalid}
      className={classNames(CONTROL_STYLE, 'flex h-9 items-center gap-2 px-3 text-left', props.className)}
    >
      {props.value?.icon}
      <span className={classNames('min-w-0 flex-1 truncate', !props.value && 'text-ink-faint')}>
        {props.value?.label ?? props.placeholder ?? 'Choose…'}
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </button>
  );
  return (
    <Popover
      label={props.label}
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-(--radix-popover-trigger-width) min-w-64 overflow-hidden p-0"
      trigger={trigger}
    >
      <ComboboxList
        {...props}
        onPick={(option) => {
          props.onChange(option);
          setOpen(false);
        }}
      />
    </Popover>
  );
}

function ComboboxList({ onPick, ...props }: ComboboxProps & { onPick: (option: ComboboxOption) => void }) {
  const { onSearch } = props;
  return (
    <Command label={props.label} shouldFilter={onSearch === undefined} loop>
      <Command.Input
        placeholder="Search…"
        {...(onSearch ? { onValueChange: onSearch } : {})}
        className="h-10 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-ink-faint"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1" aria-busy={props.isSearching}>
        <Command.Empty className="px-3 py-6 text-center text-ink-muted">
          {props.isSearching ? 'Searching…' : 'Nothing matches. Try another word.'}
        </Command.Empty>
        {props.options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label, option.hint ?? '']}
            onSelect={() => onPick(option)}
            className="flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 data-[selected=true]:bg-selected"
          >
            {option.icon}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{option.label}</span>
              {option.hint && <span className="block truncate text-sm text-ink-muted">{option.hint}</span>}
            </span>
            {option.value === props.value?.value && (
              <Check aria-hidden className="size-4 shrink-0 text-accent-text" />
            )}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
