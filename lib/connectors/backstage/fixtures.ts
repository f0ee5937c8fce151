import { CANARY } from '../canary.ts';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'cart',
      namespace: 'shop',
      annotations: {
        'github.com/project-slug': 'acme/cart',
        role: 'arn:aws:iam::111122223333:role/cart',
        secret: CANARY,
      },
      tags: ['x'],
    },
    spec: {
      type: 'service',
      owner: 'group:team-shop',
      system: 'store',
      consumesApis: ['a'],
      providesApis: ['b'],
      dependsOn: ['resource:db', 'component:x'],
    },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'team-shop' },
    spec: { members: ['ann'], children: [], parent: 'all' },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'ann' },
    spec: { memberOf: ['team-shop'], profile: { email: 'ann@example.com' } },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'db' },
    spec: { dependencyOf: ['component:cart'] },
  },
];
