import type { ReactNode } from 'react';

/** The measure of an ordinary page. A page that fills the window, such as the graph, goes without it. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-[90rem] min-w-0 px-4 py-6 sm:px-6 lg:px-8">{children}</div>;
}
