import { z } from 'zod';
import { ENVIRONMENTS } from '#lib/ontology/node-kinds.ts';
import { mappingTextSchema, usableMappingSchema } from './mapping-schema.ts';

const text = z.string().trim().min(1).max(200);

/** What a person may state about an import; kept with the run. Client-safe. */
export const importOptionsSchema = z.object({
  /** Source to import into; without it the format's own title, or the name that the file itself states. */
  sourceName: text.optional(),
  /** A connector's name, or `auto`: recognised from the content. */
  format: text.default('auto'),
  dryRun: z.boolean().default(false),
  /** The input is the complete content of its scopes: what it does not contain has ended. */
  complete: z.boolean().default(false),
  /** When the input was true; now when not given. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  /** Goes through though more than a fifth of the source's live facts would end. */
  confirmShrink: z.boolean().default(false),
  /** Reads a file of events again though the source took the very same file before. */
  reread: z.boolean().default(false),
  /** Public id of the run whose rejected records this input mends. */
  replayOf: text.optional(),
  /** How the rows of a table become facts, where no format knows its columns; remembered for the source. */
  mapping: usableMappingSchema.optional(),
  defaults: z
    .object({
      tenant: text.optional(),
      namespace: text.optional(),
      environment: z.enum(ENVIRONMENTS).optional(),
    })
    .default({}),
});

export type ImportOptions = z.output<typeof importOptionsSchema>;
export type ImportOptionsInput = z.input<typeof importOptionsSchema>;

/** The same from the query of an address, where everything is text. */
export const uploadQuerySchema = z.strictObject({
  source: text.optional(),
  format: text.default('auto'),
  dryRun: z.stringbool().default(false),
  complete: z.stringbool().default(false),
  reread: z.stringbool().default(false),
  asOf: z.iso.datetime({ offset: true }).optional(),
  replayOf: text.optional(),
  /** JSON text of a mapping of table columns. */
  mapping: mappingTextSchema.optional(),
  tenant: text.optional(),
  namespace: text.optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  /** Name of the one file, where the body is a file and not several. */
  name: z.string().max(500).default('upload'),
  /** `1`: answer with the finished run, waiting for at most 50 seconds. */
  wait: z.stringbool().default(false),
});
export type UploadQuery = z.output<typeof uploadQuerySchema>;

export function optionsOf({
  source,
  tenant,
  namespace,
  environment,
  name: _,
  wait: __,
  ...rest
}: UploadQuery) {
  const defaults = { tenant, namespace, environment };
  return {
    ...rest,
    ...(source === undefined ? {} : { sourceName: source }),
    defaults,
  } satisfies ImportOptionsInput;
}
