import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { gcp } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(gcp, FIXTURES, { defaults: { tenant: 'shop' } });
const sa = (name: string): string => `gcp://serviceAccounts/${name}@shop.iam.gserviceaccount.com`;

test('a binding attaches each member to the role on the resource, conditions are kept', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(
    found.edgesOf('attached', { to: 'gcp://projects/shop/roles/roles/editor' }).map(({ from }) => from),
  ).toEqual([
    sa('deploy'),
    'mailto:ann@example.com',
    'gcp://allUsers',
    'principalSet://iam/x',
    'gcp://deleted/user:x?uid=1',
  ]);
  expect(found.edgesOf('attached', { from: 'gcp://groups/ops@example.com' })[0]).toMatchObject({
    conditional: true,
    props: { condition: 'office' },
  });
});

test('a role on a service account is assuming it, on the project an escalation to each of its accounts', () => {
  expect(found.triples('assumes')).toEqual([`mailto:bob@example.com assumes ${sa('deploy')}`]);
  expect(
    found
      .edgesOf('escalates', { from: 'mailto:ann@example.com' })
      .map(({ to }) => to)
      .sort(),
  ).toEqual([sa('deploy'), sa('other'), 'gcp://serviceAccounts/shop@appspot.gserviceaccount.com']);
});

test('a key proves to be its account, an end in 9999 is none; a function runs as its account', () => {
  const [key] = found.nodesOf('credential');
  expect(key).toMatchObject({ key: `${sa('deploy')}/keys/abc`, type: 'service_account_key' });
  expect(key?.expiresAt).toBeUndefined();
  expect(found.triples('runs_as')).toEqual([
    `gcp://projects/shop/locations/x/functions/f runs_as ${sa('deploy')}`,
  ]);
});

test('policies, accounts, keys and assets are recognised', () => {
  for (const fixture of FIXTURES)
    expect(gcp.recognise(sampleOf(JSON.stringify([fixture])))).toBeGreaterThan(0.8);
  expect(gcp.recognise(sampleOf('{"bindings":[{"role":"roles/x","members":[]}]}'))).toBeGreaterThan(0.8);
  expect(gcp.recognise(sampleOf('[{"role":"x","members":[]}]'))).toBe(0);
});

type Expected = {
  iam_policy: {
    member_role_edges: number;
    distinct_members: number;
    distinct_roles: number;
    google_managed_service_agents: number;
  };
  service_accounts: number;
};

test.skipIf(!hasSharedData)('the public project gives the counted bindings and accounts', () => {
  const expected = expectedCounts('gcp') as Expected;
  const inputs = [
    ...sharedInputs('gcp/gcp_scanner/iam_policy.json'),
    ...sharedInputs('gcp/gcp_scanner/service_accounts.json'),
  ];
  const project = collect(gcp, inputs, { defaults: { tenant: 'test-gcp-scanner' } });
  expect(project.rejected).toEqual([]);
  const attached = project.edgesOf('attached');
  expect(attached.length).toBe(expected.iam_policy.member_role_edges);
  expect(new Set(attached.map(({ from }) => from)).size).toBe(expected.iam_policy.distinct_members);
  expect(project.nodesOf('policy').length).toBe(expected.iam_policy.distinct_roles);
  expect(project.nodesOf('service_account').filter(({ managed }) => managed).length).toBe(
    expected.iam_policy.google_managed_service_agents,
  );
  const stated = project.nodesOf('service_account').filter(({ standing }) => standing === 'inventory');
  expect(stated.length).toBe(expected.service_accounts);
});
