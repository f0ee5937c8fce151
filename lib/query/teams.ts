import { queryOptions } from '@tanstack/react-query';
import { importedTeams, teamList } from '#lib/auth/teams/schema.ts';
import { fetchJson } from './fetch-json.ts';

const PATH = '/api/v1/teams';
const anything = { parse: (value: unknown) => value };
const pathOf = (teamId: string, userId?: string) =>
  `${PATH}/${encodeURIComponent(teamId)}${userId === undefined ? '' : `/members/${encodeURIComponent(userId)}`}`;

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => fetchJson(PATH, { output: teamList, signal }),
});

type TeamFields = { name: string; nodeKey: string | null };

export const saveTeam = ({ teamId, ...body }: TeamFields & { teamId: string | null }) =>
  teamId === null
    ? fetchJson(PATH, { method: 'POST', body, output: anything })
    : fetchJson(pathOf(teamId), { method: 'PUT', body, output: anything });

export const removeTeam = (teamId: string) =>
  fetchJson(pathOf(teamId), { method: 'DELETE', output: anything });

/** One team per team node of the trust graph that has none, with the members that the sources state. */
export const importTeams = () => fetchJson(`${PATH}/import`, { method: 'POST', output: importedTeams });

type Membership = { teamId: string; userId: string };

export const putMember = ({ teamId, userId, lead }: Membership & { lead: boolean }) =>
  fetchJson(pathOf(teamId, userId), { method: 'PUT', body: { lead }, output: anything });

export const removeMember = ({ teamId, userId }: Membership) =>
  fetchJson(pathOf(teamId, userId), { method: 'DELETE', output: anything });
