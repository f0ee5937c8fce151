import type { ReactNode } from 'react';

export type PageHeaderProps = {
  title: ReactNode;
  /** One sentence: what this page answers. */
  description?: ReactNode;
  breadcrumb?: ReactNode;
  /** Badges and keys beside the title. */
  meta?: ReactNode;
  actions?: ReactNode;
};

/** The one <h1> of a page with what can be done there. */
export function PageHeader({ title, description, breadcrumb, meta, actions }: PageHeaderProps) {
  return (
    <header className="mb-6">
      {breadcrumb && <div className="mb-2">{breadcrumb}</div>}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold wrap-break-word">{title}</h1>
            {meta}
          </div>
          {description && <p className="mt-1 max-w-prose text-ink-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
