import { CANARY } from '../canary.ts';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    metadata: { source_kind: 'GHBase' },
    graph: {
      nodes: [
        {
          id: 'u1',
          kinds: ['GHUser', 'GHBase'],
          properties: { name: 'ann', admin: true, password: CANARY, note: CANARY },
        },
        { id: 'r1', kinds: ['GHRepository', 'GHBase'], properties: { name: 'shop', size: 3 } },
        { id: 't1', kinds: ['GHPersonalAccessToken'], properties: { token: CANARY } },
      ],
      edges: [
        { kind: 'GHCanPush', start: { value: 'u1' }, end: { value: 'r1' }, properties: { since: 'x' } },
        { kind: 'GHHas', start: { value: 'ann', match_by: 'name' }, end: { value: 't1', match_by: 'id' } },
      ],
    },
  },
];
