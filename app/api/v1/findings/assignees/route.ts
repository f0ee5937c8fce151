import { listAssignees } from '#lib/findings/decide-findings.ts';
import { assignees } from '#lib/findings/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'finding.decide',
  output: assignees,
  handle: ({ actor }) => listAssignees(actor),
});
