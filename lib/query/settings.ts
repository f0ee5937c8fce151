import { queryOptions } from '@tanstack/react-query';
import { providerCheck, settingsView } from '#lib/auth/settings-schema.ts';
import { fetchJson } from './fetch-json.ts';

const PATH = '/api/v1/settings';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => fetchJson(PATH, { output: settingsView, signal }),
});

/** Asks the sign-in provider now whether it answers as it must. */
export const checkProvider = () =>
  fetchJson(`${PATH}/single-sign-on/check`, { method: 'POST', output: providerCheck });

/** Asks the worker to load the sample organisation. @throws {ApiProblem} `conflict` where there are sources already */
export const loadSample = () =>
  fetchJson(`${PATH}/sample`, { method: 'POST', output: { parse: (value: unknown) => value } });
