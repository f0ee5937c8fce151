import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, SHARED, sharedInputs } from '../testing/shared-data.ts';
import { entra } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const id = (last: number): string => `00000000-0000-0000-0000-0000000000${String(last).padStart(2, '0')}`;
const tenant = id(60);
const found = collectValue(entra, FIXTURES, { defaults: { tenant } });
const sp = (last: number): string =>
  `entra://${tenant}/serviceprincipals/${id(last)}`.replace('serviceprincipals', 'servicePrincipals');

test('credentials of an application and of its service principal prove to be the service principal', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.triples('authenticates')).toEqual([
    `entra://${tenant}/apps/${id(11)}/certificates/${id(2)} authenticates ${sp(5)}`,
    `entra://${tenant}/apps/${id(11)}/secrets/${id(3)} authenticates ${sp(5)}`,
  ]);
  expect(found.nodesOf('credential', 'certificate')[0]?.expiresAt).toBe('2027-01-15T08:00:00Z');
});

test('a service principal of another tenant is an integration of that zone, a managed identity a service account', () => {
  expect(found.nodes.get(sp(5))).toMatchObject({ kind: 'integration', zone: `entra:${id(50)}` });
  expect(found.nodes.get(sp(6))).toMatchObject({ kind: 'service_account', type: 'managed_identity' });
});

test('a federated credential lets an outside identity in, and a pull request is called what it is', () => {
  const [edge] = found.edgesOf('assumes', { to: sp(5) });
  expect(edge?.from).toBe('oauth://token.actions.githubusercontent.com/subjects/repo:acme/shop:pull_request');
  expect(edge?.qualifier).toBe('federated credential for api://x');
  expect(found.triples('hosts')).toContain(`github://repos/acme/shop hosts ${edge?.from ?? ''}`);
  expect(edge?.props?.['note']).toMatch(/any pull request/);
});

test('app roles are named through the resource, delegated ones are conditional, takeover permissions administer the tenant', () => {
  const grants = found
    .edgesOf('grants', { from: sp(5) })
    .map(({ to, qualifier, level, conditional }) => [to, qualifier, level, conditional ?? false]);
  expect(grants).toContainEqual([
    `entra://${tenant}/apis/${id(6)}`,
    'Application.ReadWrite.All',
    'write',
    false,
  ]);
  expect(grants).toContainEqual([`entra://${tenant}/apis/${id(6)}`, 'Mail.Send (delegated)', 'write', true]);
  expect(grants).toContainEqual([
    `entra://${tenant}`,
    'add a secret to an application that administers the tenant',
    'admin',
    false,
  ]);
  expect(found.edgesOf('assumes', { from: sp(5) })[0]?.conditional).toBe(true);
});

test('owners claim the application and can become it; role assignments say whether they end', () => {
  expect(found.claims.map(({ owner }) => owner)).toContain(`entra://${tenant}/users/${id(4)}`);
  expect(found.edgesOf('escalates')[0]).toMatchObject({
    from: `entra://${tenant}/users/${id(4)}`,
    to: sp(5),
  });
  expect(found.edgesOf('attached')[0]?.props).toEqual({ permanent: true });
});

test('Graph objects are recognised, other lists are not', () => {
  expect(
    entra.recognise(
      sampleOf(JSON.stringify({ '@odata.context': 'https://graph.microsoft.com/v1.0/x', value: [] })),
    ),
  ).toBeGreaterThan(0.8);
  expect(entra.recognise(sampleOf(JSON.stringify([FIXTURES[0]])))).toBeGreaterThan(0.8);
  expect(entra.recognise(sampleOf('{"value":[{"id":"x"}]}'))).toBe(0);
});

type Expected = {
  scubagear_export: {
    role_assignments: number;
    distinct_assigned_principals: number;
    role_assignments_without_end: number;
    permissions_consented: number;
    credentials: Record<string, number>;
    privileged_service_principals: number;
  };
  graph_objects: {
    applications: number;
    service_principals: number;
    application_credentials: Record<string, number>;
    service_principal_credentials: Record<string, number>;
  };
};

test.skipIf(!hasSharedData)(
  'the public posture export gives the counted assignments, credentials and permissions',
  () => {
    const expected = (expectedCounts('entra') as Expected).scubagear_export;
    const export_ = collect(entra, sharedInputs('entra/scubagear/ProviderSettingsExport.json'));
    expect(export_.rejected).toEqual([]);
    expect(export_.breaches()).toEqual([]);
    const assignments = export_.edgesOf('attached');
    expect(assignments.length).toBe(expected.role_assignments);
    expect(new Set(assignments.map(({ from }) => from)).size).toBe(expected.distinct_assigned_principals);
    expect(assignments.filter(({ props }) => props?.['permanent'] === true).length).toBe(
      expected.role_assignments_without_end,
    );
    expect(export_.nodesOf('credential', 'certificate').length).toBe(expected.credentials['key_credentials']);
    expect(export_.nodesOf('credential', 'client_secret').length).toBe(
      expected.credentials['password_credentials'],
    );
    expect(export_.edgesOf('assumes').length).toBe(expected.credentials['federated_credentials']);
    const isExpired = ({ expiresAt }: { expiresAt?: string }): boolean =>
      expiresAt !== undefined && expiresAt < '2026';
    expect(export_.nodesOf('credential').filter(isExpired).length).toBe(
      expected.credentials['expired_at_2026_01_01'],
    );
  },
);

test.skipIf(!hasSharedData)(
  'the public Graph objects give the counted applications, principals and credentials',
  () => {
    const expected = (expectedCounts('entra') as Expected).graph_objects;
    const folder = path.join(SHARED ?? '', 'data/entra/scubagear/graph-objects');
    const read = (file: string) => ({
      file,
      text: readFileSync(path.join(folder, file), 'utf16le'),
      syntax: 'json' as const,
    });
    const objects = collect(entra, [read('MockApplications.json'), read('MockServicePrincipals.json')]);
    expect(objects.rejected).toEqual([]);
    expect(objects.nodesOf('resource', 'application').length).toBe(expected.applications);
    const count = (name: string): number =>
      (expected.application_credentials[name] ?? 0) + (expected.service_principal_credentials[name] ?? 0);
    expect(objects.nodesOf('credential', 'certificate').length).toBe(count('key_credentials'));
    expect(objects.nodesOf('credential', 'client_secret').length).toBe(count('password_credentials'));
    const principals = objects
      .nodesOf('service_account')
      .filter(({ key, standing }) => key.includes('/servicePrincipals/') && standing === 'inventory');
    expect(principals.length).toBe(expected.service_principals);
  },
);
