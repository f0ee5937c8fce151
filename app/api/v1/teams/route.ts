import { z } from 'zod';
import { createTeam } from '#lib/auth/teams/change-team.ts';
import { listTeams } from '#lib/auth/teams/list-teams.ts';
import { teamInput, teamList } from '#lib/auth/teams/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ permission: 'user.read', output: teamList, handle: () => listTeams() });

export const POST = route({
  permission: 'user.manage',
  body: teamInput,
  output: z.object({ id: z.string() }),
  status: 201,
  handle: ({ actor, body }) => createTeam(actor, body),
});
