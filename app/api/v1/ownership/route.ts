import { z } from 'zod';
import { csvDownload } from '#lib/http/download.ts';
import { filterOf, listQuery } from '#lib/core/list-query.ts';
import { route } from '#lib/http/route.ts';
import { ENVIRONMENTS, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import { listOwnership } from '#lib/ownership/read-ownership.ts';
import {
  OWNABLE_KINDS,
  OWNERSHIP_SORTS,
  ownershipListSchema,
  QUEUE_VIEWS,
  type OwnedNode,
} from '#lib/ownership/schema.ts';

const CSV_ROWS_MAX = 50_000;

const COLUMNS = [
  { title: 'name', value: (row: OwnedNode) => row.name },
  { title: 'kind', value: (row: OwnedNode) => row.kind },
  { title: 'key', value: (row: OwnedNode) => row.key },
  { title: 'environment', value: (row: OwnedNode) => row.environment },
  { title: 'sensitivity', value: (row: OwnedNode) => row.sensitivity },
  { title: 'owner', value: (row: OwnedNode) => row.owner?.name },
  { title: 'suggested', value: (row: OwnedNode) => row.claims[0]?.owner.name },
  { title: 'confidence', value: (row: OwnedNode) => row.claims[0]?.confidence },
  { title: 'evidence', value: (row: OwnedNode) => row.claims[0]?.evidence },
  { title: 'last used', value: (row: OwnedNode) => row.lastUsedAt },
];

export const GET = route({
  permission: 'ownership.read',
  query: listQuery({
    sorts: OWNERSHIP_SORTS,
    isDescendingAtFirst: true,
    filters: {
      view: z.enum(QUEUE_VIEWS).default('unowned'),
      kind: filterOf(OWNABLE_KINDS),
      environment: filterOf(ENVIRONMENTS),
      sensitivity: filterOf(SENSITIVITIES),
    },
  }),
  output: 'response',
  handle: async ({ actor, query }) => {
    const { kind: kinds, environment: environments, sensitivity: sensitivities, ...rest } = query;
    const asked = { ...rest, kinds, environments, sensitivities };
    if (query.format === undefined)
      return Response.json(ownershipListSchema.parse(await listOwnership(actor, asked)));
    const { rows } = await listOwnership(actor, { ...asked, page: 1, size: CSV_ROWS_MAX });
    return csvDownload('ownership.csv', COLUMNS, rows);
  },
});
