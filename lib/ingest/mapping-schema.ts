import { z } from 'zod';
import { CSV_FIELDS, csvMappingSchema, missingFields } from '#lib/connectors/csv/mapping.ts';

/** A mapping that can be used: it fills what its fact needs, and names fields that there are. */
export const usableMappingSchema = csvMappingSchema.superRefine((mapping, context) => {
  const fields: readonly string[] = CSV_FIELDS[mapping.fact];
  for (const { field } of mapping.fields)
    if (!fields.includes(field))
      context.addIssue({ code: 'custom', message: `a row of this kind has no field ${field}` });
  const missing = missingFields(mapping);
  if (missing.length > 0)
    context.addIssue({ code: 'custom', message: `the mapping lacks ${missing.join(', ')}` });
});

const MAPPING_CHARACTERS_MAX = 12_000;

/** The same as JSON text, as it stands in an address or a file. */
export const mappingTextSchema = z
  .string()
  .max(MAPPING_CHARACTERS_MAX)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'the mapping is not valid JSON' });
      return z.NEVER;
    }
  })
  .pipe(usableMappingSchema);
