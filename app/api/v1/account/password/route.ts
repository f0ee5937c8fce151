import { changeOwnPassword } from '#lib/auth/account/own-account.ts';
import { changePasswordInput, endedSessions } from '#lib/auth/account/schema.ts';
import { route } from '#lib/http/route.ts';

export const PUT = route({
  permission: 'account.own',
  body: changePasswordInput,
  output: endedSessions,
  handle: ({ actor, body }) => changeOwnPassword(actor, body),
});
