import { z } from 'zod';
import { putTeamMember, removeTeamMember } from '#lib/auth/teams/change-team.ts';
import { memberInput, memberParams } from '#lib/auth/teams/schema.ts';
import { route } from '#lib/http/route.ts';

const output = z.object({ id: z.string() });

export const PUT = route({
  permission: 'user.manage',
  params: memberParams,
  body: memberInput,
  output,
  handle: ({ actor, params, body }) => putTeamMember(actor, params, body.lead),
});

export const DELETE = route({
  permission: 'user.manage',
  params: memberParams,
  output,
  handle: ({ actor, params }) => removeTeamMember(actor, params),
});
