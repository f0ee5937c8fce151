import { z } from 'zod';

const CSV_FACTS = ['node', 'edge', 'event'] as const;
export type CsvFact = (typeof CSV_FACTS)[number];

/** Fields that a column or a constant can fill, by the fact that a row becomes; the first ones of each are required. */
export const CSV_FIELDS = {
  node: [
    'name',
    'key',
    'kind',
    'type',
    'provider',
    'tenant',
    'environment',
    'zone',
    'sensitivity',
    'purpose',
    'owner',
    'createdAt',
    'rotatedAt',
    'expiresAt',
    'lastUsedAt',
  ],
  edge: ['from', 'to', 'kind', 'fromKind', 'toKind', 'level', 'qualifier', 'conditional'],
  event: [
    'time',
    'actor',
    'action',
    'id',
    'actorKind',
    'target',
    'targetKind',
    'outcome',
    'level',
    'credential',
    'onBehalfOf',
    'address',
    'userAgent',
    'trace',
    'purpose',
  ],
} as const satisfies Record<CsvFact, readonly string[]>;

const REQUIRED_FIELDS: Record<CsvFact, readonly string[]> = {
  node: ['name'],
  edge: ['from', 'to'],
  event: ['time', 'actor', 'action'],
};

const COLUMNS_MAX = 200;

/** How the rows of a CSV become facts: each field comes from a column or is the same in every row. */
export const csvMappingSchema = z.strictObject({
  fact: z.enum(CSV_FACTS),
  fields: z
    .array(
      z.strictObject({
        field: z.string().min(1).max(40),
        column: z.string().max(300).optional(),
        constant: z.string().max(300).optional(),
      }),
    )
    .max(COLUMNS_MAX),
  /** Columns that are kept as labels of the node. */
  labels: z.array(z.string().max(300)).max(COLUMNS_MAX).optional(),
});

export type CsvMapping = z.infer<typeof csvMappingSchema>;

/** Required fields that a mapping fills neither from a column nor by a constant. */
export function missingFields(mapping: CsvMapping): string[] {
  const filled = new Set(
    mapping.fields
      .filter(({ column, constant }) => column !== undefined || constant !== undefined)
      .map(({ field }) => field),
  );
  if (mapping.fact === 'node' && filled.has('key')) filled.add('name');
  return REQUIRED_FIELDS[mapping.fact].filter((field) => !filled.has(field));
}
