import { getAccount } from '#lib/auth/account/own-account.ts';
import { accountView } from '#lib/auth/account/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'account.own',
  output: accountView,
  handle: ({ actor }) => getAccount(actor),
});
