import { queryOptions } from '@tanstack/react-query';
import { accountView, endedSessions } from '#lib/auth/account/schema.ts';
import { fetchJson } from './fetch-json.ts';

const PATH = '/api/v1/account';
const anything = { parse: (value: unknown) => value };

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => fetchJson(PATH, { output: accountView, signal }),
});

export const endSession = (id: string) =>
  fetchJson(`${PATH}/sessions/${encodeURIComponent(id)}`, { method: 'DELETE', output: endedSessions });

export const endOtherSessions = () =>
  fetchJson(`${PATH}/sessions`, { method: 'DELETE', output: endedSessions });

export const changePassword = (body: { current: string; password: string }) =>
  fetchJson(`${PATH}/password`, { method: 'PUT', body, output: endedSessions });

/** Proves again who sits here, for what needs a recent sign-in. */
export const confirmIdentity = (password: string) =>
  fetchJson(`${PATH}/confirm`, { method: 'POST', body: { password }, output: anything });
