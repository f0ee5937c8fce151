import { changeSource, readSource } from '#lib/ingest/read-sources.ts';
import { sourceChange, sourceDetail, sourceParams } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'source.read',
  params: sourceParams,
  output: sourceDetail,
  handle: ({ actor, params }) => readSource(actor, params.sourceId),
});

export const PATCH = route({
  permission: 'source.manage',
  params: sourceParams,
  body: sourceChange,
  output: sourceDetail,
  handle: ({ actor, params, body }) => changeSource(actor, params.sourceId, body),
});
