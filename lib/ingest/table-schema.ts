import { z } from 'zod';
import { csvMappingSchema } from '#lib/connectors/csv/mapping.ts';

/** Shapes of the preview of a table. Client-safe. */
const HEAD_CHARACTERS_MAX = 64 * 1024;

export const tableHead = z.strictObject({
  /** The first characters of the file. */
  head: z.string().max(HEAD_CHARACTERS_MAX),
  source: z.string().trim().max(200).default(''),
});

export const tablePreview = z.object({
  /** Empty where it is no table. */
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  /** The format that knows these columns; then nothing has to be said about them. */
  knownAs: z.string().nullable(),
  mapping: csvMappingSchema.nullable(),
  isRemembered: z.boolean(),
});
export type TablePreview = z.output<typeof tablePreview>;
