import { filterOf, listQuery } from '#lib/core/list-query.ts';
import { route } from '#lib/http/route.ts';
import { listRevocations } from '#lib/revocation/read-revocations.ts';
import { requestRevocation } from '#lib/revocation/request-revocation.ts';
import {
  requestedSchema,
  requestRevocationSchema,
  REVOCATION_STATES,
  revocationListSchema,
} from '#lib/revocation/schema.ts';

export const GET = route({
  permission: 'revocation.read',
  query: listQuery({
    sorts: ['updated', 'requested'],
    isDescendingAtFirst: true,
    filters: { state: filterOf(REVOCATION_STATES) },
  }),
  output: revocationListSchema,
  handle: ({ actor, query }) => listRevocations(actor, { ...query, states: query.state }),
});

export const POST = route({
  permission: 'revocation.request',
  body: requestRevocationSchema,
  output: requestedSchema,
  status: 201,
  handle: ({ actor, body }) => requestRevocation(actor, body),
});
