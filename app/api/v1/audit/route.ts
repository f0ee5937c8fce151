import { listAudit } from '#lib/audit/list-audit.ts';
import { auditList, auditQuery } from '#lib/audit/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'audit.read',
  query: auditQuery,
  output: auditList,
  handle: ({ actor, query }) => listAudit(actor, query),
});
