import { actionList } from '#lib/audit/schema.ts';
import { listActions } from '#lib/audit/list-audit.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'audit.read',
  output: actionList,
  handle: ({ actor }) => listActions(actor),
});
