import { whatIfBody, whatIfView } from '#lib/exposure/cut-schema.ts';
import { askWhatIf } from '#lib/exposure/what-if.ts';
import { route } from '#lib/http/route.ts';

/** A question, not a change: it is a POST because what is put in does not fit into an address. */
export const POST = route({
  permission: 'graph.read',
  body: whatIfBody,
  output: whatIfView,
  handle: ({ actor, body, request }) => askWhatIf(actor, body, request.signal),
});
