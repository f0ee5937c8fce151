import { reissueInvitation } from '#lib/auth/users/invite-user.ts';
import { invitationView, userParams } from '#lib/auth/users/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'user.manage',
  params: userParams,
  output: invitationView,
  status: 201,
  keepsNoAnswer: true,
  handle: ({ actor, params }) => reissueInvitation(actor, params.userId),
});
