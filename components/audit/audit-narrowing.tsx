'use client';

import { X } from 'lucide-react';
import type { TableAddress } from '#components/data-table/use-table-state.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { visibleText } from '#components/ui/visible-text.ts';

const FOLLOWED = [
  ['subject', 'History of'],
  ['actor', 'All that was done by'],
] as const;

/** The days that are shown, and whose or what's story is followed. */
export function AuditNarrowing({ address }: { address: TableAddress }) {
  const { state, change } = address;
  const valueOf = (name: string) => state.filters.get(name)?.join(',') ?? '';
  const put = (name: string, value: string) =>
    change({ filters: new Map([[name, value === '' ? [] : value.split(',')]]) });
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
      <label className="flex items-center gap-2 text-ink-muted">
        From
        <Input
          type="date"
          value={valueOf('from')}
          onChange={(event) => put('from', event.target.value)}
          className="w-40"
        />
      </label>
      <label className="flex items-center gap-2 text-ink-muted">
        to
        <Input
          type="date"
          value={valueOf('to')}
          onChange={(event) => put('to', event.target.value)}
          className="w-40"
        />
      </label>
      {FOLLOWED.map(([name, words]) => {
        const value = valueOf(name);
        return (
          value !== '' && (
            <p key={name} className="flex min-w-0 items-center gap-1 rounded-md bg-selected px-2 py-0.5">
              {words} <code className="truncate font-mono text-xs">{visibleText(value)}</code>
              <IconButton
                label={`Show all, not only ${name} ${value}`}
                size="small"
                onClick={() => put(name, '')}
              >
                <X aria-hidden />
              </IconButton>
            </p>
          )
        );
      })}
    </div>
  );
}
