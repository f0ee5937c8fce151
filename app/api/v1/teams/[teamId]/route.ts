import { z } from 'zod';
import { changeTeam, removeTeam } from '#lib/auth/teams/change-team.ts';
import { teamInput, teamParams } from '#lib/auth/teams/schema.ts';
import { route } from '#lib/http/route.ts';

const output = z.object({ id: z.string() });

export const PUT = route({
  permission: 'user.manage',
  params: teamParams,
  body: teamInput,
  output,
  handle: ({ actor, params, body }) => changeTeam(actor, params.teamId, body),
});

export const DELETE = route({
  permission: 'user.manage',
  params: teamParams,
  output,
  handle: ({ actor, params }) => removeTeam(actor, params.teamId),
});
