import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { invitationView, userList, type changeUserInput, type inviteInput } from '#lib/auth/users/schema.ts';
import { fetchJson } from './fetch-json.ts';

const PATH = '/api/v1/users';
const anything = { parse: (value: unknown) => value };

export const USERS_KEY = ['users'] as const;

/** A page of the list; `query` as tables write it. */
export const usersQuery = (query: string) =>
  queryOptions({
    queryKey: [...USERS_KEY, query],
    queryFn: ({ signal }) => fetchJson(`${PATH}?${query}`, { output: userList, signal }),
    placeholderData: keepPreviousData,
  });

export const inviteUser = (body: z.input<typeof inviteInput>) =>
  fetchJson(PATH, { method: 'POST', body, output: invitationView });

export const renewInvitation = (userId: string) =>
  fetchJson(`${PATH}/${encodeURIComponent(userId)}/invitation`, { method: 'POST', output: invitationView });

export const changeUser = ({ userId, ...body }: { userId: string } & z.input<typeof changeUserInput>) =>
  fetchJson(`${PATH}/${encodeURIComponent(userId)}`, { method: 'PATCH', body, output: anything });
