import { z } from 'zod';

const SIZES = ['25', '50', '100'] as const;
const PAGE_MAX = 1_000_000;
const VALUES_MAX = 50;

type ListShape<Sort extends string, Filters> = {
  /** Columns that can be sorted by; the first is the default. */
  sorts: readonly [Sort, ...Sort[]];
  isDescendingAtFirst?: boolean;
  filters: Filters;
};

/**
 * The query of a list as tables put it into the address: page from 1, size, sort (`-` before a column for descending),
 * free text, and filters whose values are separated by commas; `format` and `cols` for the whole list as a file.
 * Nothing else is taken, and sorts only by name.
 */
export function listQuery<Sort extends string, Filters extends Record<string, z.ZodType>>(
  shape: ListShape<Sort, Filters>,
) {
  const { sorts, isDescendingAtFirst = false, filters } = shape;
  const first = isDescendingAtFirst ? `-${sorts[0]}` : sorts[0];
  return z.strictObject({
    page: z.coerce.number().int().min(1).max(PAGE_MAX).default(1),
    size: z
      .enum(SIZES)
      .default('25')
      .transform((size) => Number(size)),
    sort: z
      .enum(sorts.flatMap((name) => [name, `-${name}`]))
      .default(first)
      .transform((text) => ({ column: text.replace(/^-/, '') as Sort, isDescending: text.startsWith('-') })),
    q: z.string().trim().max(200).default(''),
    format: z.enum(['csv', 'ndjson']).optional(),
    cols: z.string().max(1000).optional(),
    ...filters,
  });
}

/** Values of one filter, each of them one of these. */
export const filterOf = <Value extends string>(values: readonly Value[]) =>
  z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === '' ? [] : text.split(',')))
    .pipe(z.array(z.enum(values)).max(VALUES_MAX));
