import { endOtherSessions } from '#lib/auth/account/own-account.ts';
import { endedSessions } from '#lib/auth/account/schema.ts';
import { route } from '#lib/http/route.ts';

/** Ends every session of this person but the one that asks. */
export const DELETE = route({
  permission: 'account.own',
  output: endedSessions,
  handle: ({ actor }) => endOtherSessions(actor),
});
