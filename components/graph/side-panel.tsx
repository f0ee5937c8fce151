import type { ReactNode } from 'react';

/** The column beside the drawing; below it on a narrow screen. */
export function SidePanel({ children }: { children: ReactNode }) {
  return (
    <aside
      aria-label="Details"
      className="min-w-0 shrink-0 border-t border-line bg-surface px-4 pt-2 pb-6 sm:px-6 lg:w-[27rem] lg:overflow-y-auto lg:border-t-0 lg:border-l lg:px-5"
    >
      {children}
    </aside>
  );
}
