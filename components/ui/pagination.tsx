import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import { Select } from './select.tsx';

export type PaginationProps = {
  /** From 1. */
  page: number;
  size: number;
  total: number;
  sizes: readonly number[];
  onPage: (page: number) => void;
  onSize: (size: number) => void;
};

export function Pagination({ page, size, total, sizes, onPage, onSize }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / size));
  const first = total === 0 ? 0 : (page - 1) * size + 1;
  const last = Math.min(total, page * size);
  return (
    <nav
      aria-label="Pages of the list"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-ink-muted"
    >
      <p aria-live="polite" className="tabular-nums">
        {first.toLocaleString('en')}–{last.toLocaleString('en')} of {total.toLocaleString('en')}
      </p>
      <div className="flex items-center gap-1">
        <Select
          aria-label="Rows per page"
          value={String(size)}
          options={sizes.map((count) => ({ value: String(count), label: `${count} rows` }))}
          onChange={(event) => onSize(Number(event.target.value))}
          className="mr-2 w-28"
        />
        <IconButton label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <span className="px-1 tabular-nums">
          {page.toLocaleString('en')} / {pages.toLocaleString('en')}
        </span>
        <IconButton label="Next page" disabled={page >= pages} onClick={() => onPage(page + 1)}>
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
    </nav>
  );
}
