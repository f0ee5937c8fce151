import { classNames } from './class-names.ts';

/** Stands where something will be, of its size, while it is loading; the region around it carries `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={classNames('block h-4 animate-pulse rounded-sm bg-hover', className)} />
  );
}
