import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** Facts about one thing, term beside value; holds KeyValue rows. */
export function DescriptionList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={classNames('divide-y divide-line', className)}>{children}</dl>;
}
