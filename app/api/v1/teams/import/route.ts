import { importTeams } from '#lib/auth/teams/import-teams.ts';
import { importedTeams } from '#lib/auth/teams/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'user.manage',
  output: importedTeams,
  handle: ({ actor }) => importTeams(actor),
});
