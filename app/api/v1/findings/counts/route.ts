import { countFindings } from '#lib/findings/count-findings.ts';
import { findingCounts } from '#lib/findings/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'finding.read',
  output: findingCounts,
  handle: ({ actor }) => countFindings(actor),
});
