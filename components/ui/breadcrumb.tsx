import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type BreadcrumbProps = {
  /** From the outermost; the page itself is not among them. */
  trail: readonly { label: ReactNode; href: string }[];
};

/** The way back up. */
export function Breadcrumb({ trail }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-ink-muted">
        {trail.map((step, index) => (
          <li key={step.href} className="flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 text-ink-faint" />}
            <Link href={step.href} className="rounded-sm hover:text-ink hover:underline">
              {step.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
