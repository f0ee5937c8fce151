import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type EmptyStateProps = {
  title: string;
  /** Set where it is all that the page says, so that the page has its heading. */
  isPageTitle?: boolean;
  /** Why there is nothing and what to do next. */
  children: ReactNode;
  icon?: ReactNode;
  /** The button or link that does it. */
  action?: ReactNode;
  className?: string;
};

export function EmptyState({
  title,
  isPageTitle = false,
  children,
  icon,
  action,
  className,
}: EmptyStateProps) {
  const Title = isPageTitle ? 'h1' : 'p';
  return (
    <div className={classNames('flex flex-col items-center px-6 py-12 text-center', className)}>
      {icon && (
        <div className="mb-4 grid size-10 place-items-center rounded-lg border border-line bg-surface text-ink-faint [&_svg]:size-5">
          {icon}
        </div>
      )}
      <Title className="text-lg font-semibold">{title}</Title>
      <div className="mt-1 max-w-prose text-ink-muted">{children}</div>
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
