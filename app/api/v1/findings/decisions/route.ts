import { decideOnFindings } from '#lib/findings/decide-findings.ts';
import { decided, decideFindings } from '#lib/findings/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'finding.decide',
  body: decideFindings,
  output: decided,
  handle: ({ actor, body }) => decideOnFindings(actor, body),
});
