import { z } from 'zod';
import { evaluateFindings } from '#lib/findings/evaluate-findings.ts';
import { evaluation } from '#lib/findings/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'finding.decide',
  body: z.strictObject({}),
  output: evaluation,
  handle: ({ actor }) => evaluateFindings(actor),
});
