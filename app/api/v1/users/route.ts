import { inviteUser } from '#lib/auth/users/invite-user.ts';
import { listUsers, usersQuery } from '#lib/auth/users/list-users.ts';
import { invitationView, inviteInput, userList } from '#lib/auth/users/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'user.read',
  query: usersQuery,
  output: userList,
  handle: ({ query }) => listUsers(query),
});

export const POST = route({
  permission: 'user.manage',
  body: inviteInput,
  output: invitationView,
  status: 201,
  keepsNoAnswer: true,
  handle: ({ actor, body }) => inviteUser(actor, body),
});
