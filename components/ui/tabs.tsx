'use client';

import * as Primitive from 'radix-ui/tabs';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Tab<Value extends string> = {
  value: Value;
  label: string;
  count?: number | undefined;
  content: ReactNode;
};

export type TabsProps<Value extends string> = {
  label: string;
  tabs: readonly Tab<Value>[];
  /** The open tab; keep it in the URL, so that a link opens it. */
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
};

export function Tabs<Value extends string>(props: TabsProps<Value>) {
  return (
    <Primitive.Root
      value={props.value}
      onValueChange={(next) => {
        const tab = props.tabs.find(({ value }) => value === next);
        if (tab) props.onChange(tab.value);
      }}
      className={props.className}
    >
      <Primitive.List
        aria-label={props.label}
        className="flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line px-px [scrollbar-width:none]"
      >
        {props.tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className={classNames(
              'relative inline-flex h-10 shrink-0 items-center gap-2 px-3 font-medium text-ink-muted hover:text-ink',
              'after:absolute after:inset-x-3 after:-bottom-px after:h-0.5 after:rounded-full',
              'focus-visible:-outline-offset-2 data-[state=active]:text-ink data-[state=active]:after:bg-accent',
            )}
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="rounded-full bg-hover px-1.5 text-xs text-ink-muted tabular-nums">
                {tab.count.toLocaleString('en')}
              </span>
            )}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {props.tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
