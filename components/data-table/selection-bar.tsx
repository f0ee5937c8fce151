import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';

export type SelectionBarProps = {
  count: number;
  nouns: readonly [one: string, many: string];
  onClear: () => void;
  children: ReactNode;
};

/** What can be done with the selected rows. */
export function SelectionBar({ count, nouns, onClear, children }: SelectionBarProps) {
  return (
    <div className="mb-3 flex animate-appear flex-wrap items-center gap-2 rounded-lg bg-selected px-3 py-2">
      <p aria-live="polite" className="mr-auto font-medium tabular-nums">
        {count.toLocaleString('en')} {count === 1 ? nouns[0] : nouns[1]} selected
      </p>
      {children}
      <Button tone="quiet" size="small" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
