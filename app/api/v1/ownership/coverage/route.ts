import { route } from '#lib/http/route.ts';
import { getOwnershipCoverage } from '#lib/ownership/ownership-coverage.ts';
import { coverageSchema } from '#lib/ownership/schema.ts';

export const GET = route({
  permission: 'ownership.read',
  output: coverageSchema,
  handle: ({ actor }) => getOwnershipCoverage(actor),
});
