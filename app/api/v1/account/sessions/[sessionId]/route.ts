import { endOwnSession } from '#lib/auth/account/own-account.ts';
import { endedSessions, sessionParams } from '#lib/auth/account/schema.ts';
import { route } from '#lib/http/route.ts';

export const DELETE = route({
  permission: 'account.own',
  params: sessionParams,
  output: endedSessions,
  handle: ({ actor, params }) => endOwnSession(actor, params.sessionId),
});
