import { expect, test } from 'vitest';
import { collect, sampleOf } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { backstage } from './connector.ts';

type Spec = Record<string, unknown>;
const entity = (kind: string, name: string, spec: Spec, metadata: Spec = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, ...metadata },
  spec,
});
const read = (...entities: unknown[]): Collected => {
  const found = collect(backstage, { file: 'x.json', text: JSON.stringify(entities), syntax: 'json' });
  expect(found.breaches()).toEqual([]);
  return found;
};

test('an owner that resolves is a strong claim, one that does not a weak one that says so, without regard to case', () => {
  const found = read(
    entity('Component', 'cart', { owner: 'Team-Shop' }),
    entity('Component', 'mail', { owner: 'group:default/nobody' }),
    entity('Component', 'x', { owner: 'user:ann' }, { namespace: 'Other' }),
    entity('Group', 'team-shop', { members: ['ann'] }),
    entity('User', 'ann', { memberOf: ['default/team-shop'] }, { namespace: 'other' }),
  );
  expect(found.claims.map(({ owner, node, confidence }) => [owner, node, confidence])).toEqual([
    ['backstage://default/group/team-shop', 'backstage://default/component/cart', 0.9],
    ['backstage://default/group/nobody', 'backstage://default/component/mail', 0.2],
    ['backstage://other/user/ann', 'backstage://other/component/x', 0.9],
  ]);
  expect(found.claims[1]?.evidence).toContain('does not resolve');
  expect(found.nodes.get('backstage://default/group/team-shop')?.props?.['members']).toEqual([
    'backstage://default/user/ann',
    'backstage://other/user/ann',
  ]);
});

test('without any group in the input an owner is neither resolved nor called unresolved', () => {
  expect(read(entity('Component', 'cart', { owner: 'shop' })).claims[0]).toMatchObject({ confidence: 0.6 });
});

test('APIs, resources, systems and the repository become edges that the ontology allows', () => {
  const found = read(
    entity(
      'Component',
      'cart',
      {
        type: 'service',
        system: 'shop',
        consumesApis: ['prices'],
        providesApis: ['api:cart-api'],
        dependsOn: ['resource:orders-db', 'component:mail'],
      },
      { annotations: { 'github.com/project-slug': 'Acme/Cart' } },
    ),
    entity('System', 'shop', { domain: 'sales' }),
    entity('Resource', 'queue', { type: 'queue', dependencyOf: ['component:cart'] }),
  );
  expect(found.triples()).toEqual([
    'backstage://default/component/cart grants backstage://default/api/cart-api',
    'backstage://default/component/cart grants backstage://default/api/prices',
    'backstage://default/component/cart grants backstage://default/resource/orders-db',
    'backstage://default/component/cart grants backstage://default/resource/queue',
    'backstage://default/domain/sales contains backstage://default/system/shop',
    'backstage://default/system/shop contains backstage://default/component/cart',
    'github://repos/acme/cart hosts backstage://default/component/cart',
  ]);
  expect(
    found
      .edgesOf('grants')
      .map(({ qualifier, level }) => `${qualifier ?? ''} ${level ?? ''}`)
      .sort(),
  ).toEqual(['consumes use', 'depends on use', 'depends on use', 'provides admin']);
  expect(found.nodes.get('backstage://default/component/cart')?.props?.['dependsOn']).toContain(
    'backstage://default/component/mail',
  );
});

test('annotations that name identities become runs_as edges', () => {
  const annotations = {
    'example.com/role': 'arn:aws:iam::111122223333:role/cart',
    'example.com/accounts': 'system:serviceaccount:shop:cart, cart@proj.iam.gserviceaccount.com',
    'backstage.io/kubernetes-cluster': 'c1',
    'example.com/api-token': 'CANARY',
  };
  const found = read(entity('Component', 'cart', {}, { annotations }));
  expect(found.edgesOf('runs_as').map(({ to }) => to)).toEqual([
    'arn:aws:iam::111122223333:role/cart',
    'k8s://c1/serviceaccounts/shop/cart',
    'gcp://serviceAccounts/cart@proj.iam.gserviceaccount.com',
  ]);
  expect(found.text()).not.toContain('CANARY');
});

test('a user states its other names as aliases', () => {
  const found = read(
    entity(
      'User',
      'ann',
      { profile: { email: 'Ann@example.com' } },
      { annotations: { 'github.com/user-login': 'annie' } },
    ),
  );
  expect(found.aliases).toEqual([
    { alias: 'backstage://default/user/ann', key: 'mailto:ann@example.com' },
    { alias: 'github://users/annie', key: 'backstage://default/user/ann' },
  ]);
});

test('other documents are rejected, empty ones and templates are passed over, new kinds are counted', () => {
  const found = read(null, { kind: 'Pod' }, entity('Template', 't', {}), entity('Skill', 's', {}));
  expect(found.rejected.map(({ reason }) => reason)).toEqual(['apiVersion does not name Backstage']);
  expect([...found.unknowns]).toEqual([['kind Skill', 1]]);
});

test('entities are recognised in YAML and JSON', () => {
  expect(
    backstage.recognise(sampleOf('# x\n---\napiVersion: backstage.io/v1alpha1\nkind: Group', 'x', 'yaml')),
  ).toBeGreaterThan(0.8);
  expect(backstage.recognise(sampleOf(JSON.stringify([entity('Group', 'g', {})])))).toBe(1);
});

type Expected = Record<
  string,
  { entities_with_unresolved_owner: number; distinct_entity_refs: number; entities_with_owner: number }
>;

test.skipIf(!hasSharedData).each(['giantswarm-2026-01', 'giantswarm-2026-08'])(
  '%s gives the counted entities and owners',
  (name) => {
    const expected = (expectedCounts('backstage') as Expected)[name];
    const found = collect(
      backstage,
      sharedInputs(`backstage/${name}`).map((input) => ({ ...input, syntax: 'yaml' as const })),
    );
    expect(found.rejected).toEqual([]);
    expect(found.breaches()).toEqual([]);
    expect(found.claims.length).toBe(expected?.entities_with_owner);
    expect(found.claims.filter((claim) => claim.confidence < 0.5).length).toBe(
      expected?.entities_with_unresolved_owner,
    );
    const stated = [...found.nodes.values()].filter(({ standing }) => standing === 'inventory');
    expect(stated.length).toBe(expected?.distinct_entity_refs);
  },
);
