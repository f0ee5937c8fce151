import { readApiDocument } from '#lib/http/read-api-document.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  summary: 'This document',
  permission: 'account.own',
  output: 'response',
  handle: readApiDocument,
});
