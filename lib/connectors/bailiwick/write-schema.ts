import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { jsonSchemaText } from './json-schema.ts';

/** `node lib/connectors/bailiwick/write-schema.ts` writes docs/formats/bailiwick.schema.json anew; a test says when. */
writeFileSync(
  path.resolve(import.meta.dirname, '../../../docs/formats/bailiwick.schema.json'),
  jsonSchemaText(),
);
