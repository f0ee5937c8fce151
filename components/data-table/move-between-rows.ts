import type { KeyboardEvent } from 'react';

const FOCUSABLE = 'a[href], button:not(:disabled), [role="checkbox"]';

/** Arrow up and down go from a link, button or box of one row to the one in the same column of the next. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const target = event.target instanceof Element ? event.target : null;
  const cell = target?.closest('td');
  const row = cell?.closest('tr');
  if (!cell || !row) return;
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  if (!(next instanceof HTMLTableRowElement)) return;
  const twin = next.cells.item(cell.cellIndex)?.querySelector<HTMLElement>(FOCUSABLE);
  const landing = twin ?? next.querySelector<HTMLElement>(FOCUSABLE);
  if (!landing) return;
  event.preventDefault();
  landing.focus();
}
