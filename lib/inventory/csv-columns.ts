import type { CsvColumn } from '#lib/core/csv.ts';

/** The columns that a screen shows, in its order, and those that must not be missing; all of them when none are named. */
export function chosenColumns<Row>(
  all: readonly CsvColumn<Row>[],
  wanted: readonly string[],
  always: readonly string[],
): CsvColumn<Row>[] {
  const chosen = [...wanted, ...always].flatMap(
    (title) => all.find((column) => column.title === title) ?? [],
  );
  return wanted.length === 0 ? [...all] : [...new Set(chosen)];
}
