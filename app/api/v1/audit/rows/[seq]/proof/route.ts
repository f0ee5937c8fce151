import { proveRow } from '#lib/audit/prove-row.ts';
import { proofParams, rowProof } from '#lib/audit/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'audit.read',
  params: proofParams,
  output: rowProof,
  handle: ({ actor, params }) => proveRow(actor, params.seq),
});
