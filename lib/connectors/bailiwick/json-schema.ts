import { z } from 'zod';
import { lineSchema } from './schema.ts';

/** docs/formats/bailiwick.schema.json as text: JSON Schema 2020-12 of one line of Bailiwick's NDJSON. */
export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(lineSchema, { target: 'draft-2020-12', reused: 'ref' });
  const titled = { title: 'One line of Bailiwick NDJSON, version 1', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
