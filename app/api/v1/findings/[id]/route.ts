import { describeFinding } from '#lib/findings/describe-finding.ts';
import { findingDetail, findingParams } from '#lib/findings/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'finding.read',
  params: findingParams,
  output: findingDetail,
  handle: ({ actor, params }) => describeFinding(actor, params.id),
});
