import { z } from 'zod';

const SIZES = ['25', '50', '100'] as const;
const PAGE_MAX = 1_000_000;
const VALUES_MAX = 50;

/**
 * The query of a list as tables put it into the address: page from 1, size, sort (`-` before a column for descending),
 * free text, and filters whose values are separated by commas. Nothing else is taken, and sorts only by name.
 */
export function listQuery<Sort extends string, Filters extends Record<string, z.ZodType>>(
  sorts: readonly [Sort, ...Sort[]],
  filters: Filters,
) {
  const columns = sorts.flatMap((name) => [name, `-${name}`]);
  return z.strictObject({
    page: z.coerce.number().int().min(1).max(PAGE_MAX).default(1),
    size: z
      .enum(SIZES)
      .default('25')
      .transform((size) => Number(size)),
    sort: z
      .enum(columns)
      .optional()
      .transform((text) => {
        const given = text ?? sorts[0];
        return { column: given.replace(/^-/, '') as Sort, isDescending: given.startsWith('-') };
      }),
    q: z.string().trim().max(200).default(''),
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
