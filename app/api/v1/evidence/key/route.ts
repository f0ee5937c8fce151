import { getEvidenceKey } from '#lib/evidence/evidence-key.ts';
import { evidenceKeySchema } from '#lib/evidence/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'evidence.read',
  output: evidenceKeySchema,
  handle: ({ actor }) => Promise.resolve(getEvidenceKey(actor)),
});
