import { IDENTITY_KINDS, NODE_KIND_NAMES, type NodeKind } from './node-kinds.ts';

/** read < use < write < admin; the number is what the graph engine stores. */
export const ACCESS_LEVELS = { read: 1, use: 2, write: 3, admin: 4 } as const;
export type AccessLevel = keyof typeof ACCESS_LEVELS;
export const ACCESS_LEVEL_NAMES = Object.keys(ACCESS_LEVELS) as readonly AccessLevel[];

export type EdgeKindRule = {
  readonly from: readonly NodeKind[];
  readonly to: readonly NodeKind[];
  /** Control flows from left to right by what is *granted*. */
  readonly granted: boolean;
  /**
   * Whether the hop counts in an *exercised* traversal: `observed` when a log showed it, `always` for structure that
   * no log would show, `never` when something more exact stands for it (what an identity did with its policies is
   * told by its own `calls`, not by a policy that it shares with others).
   */
  readonly exercised: 'observed' | 'always' | 'never';
  /** The edge has an access level of its own, which is what the right side is reached at. */
  readonly carriesLevel: boolean;
  /** The least level on the left side, where that is a resource, for control to flow on. */
  readonly needs: AccessLevel | null;
  /** The hop in words, between the names of both ends. */
  readonly words: string;
  /** How grave one such hop is when nothing else is known: 0 (harmless) to 4 (critical). */
  readonly severity: 0 | 1 | 2 | 3 | 4;
  readonly description: string;
};

const ACTING: readonly NodeKind[] = IDENTITY_KINDS;
const WORKLOADS: readonly NodeKind[] = ['service', 'agent', 'pipeline', 'integration'];

/**
 * The ontology: one row per edge kind. The direction is the direction in which control flows: "if I control the left
 * side, I get the right side". The traversal, the sentences, the legend and docs/ontology.md derive from this table.
 */
export const EDGE_KINDS = {
  holds: {
    from: [...ACTING, 'resource'],
    to: ['credential'],
    granted: true,
    exercised: 'observed',
    carriesLevel: false,
    needs: 'read',
    words: 'has possession of',
    severity: 2,
    description: 'The left side keeps this credential and can present it.',
  },
  authenticates: {
    from: ['credential'],
    to: ACTING,
    granted: true,
    exercised: 'observed',
    carriesLevel: false,
    needs: null,
    words: 'proves to be',
    severity: 3,
    description: 'Whoever presents this credential is taken for the identity.',
  },
  runs_as: {
    from: [...WORKLOADS, 'resource'],
    to: ['service_account', 'role', 'person'],
    granted: true,
    exercised: 'always',
    carriesLevel: false,
    needs: 'write',
    words: 'runs with the identity of',
    severity: 2,
    description: 'Code of the workload acts with this identity.',
  },
  assumes: {
    from: ACTING,
    to: ACTING,
    granted: true,
    exercised: 'observed',
    carriesLevel: false,
    needs: null,
    words: 'may act as',
    severity: 3,
    description: 'May assume, impersonate, exchange a token for, or act on behalf of.',
  },
  member_of: {
    from: ACTING,
    to: ['group'],
    granted: true,
    exercised: 'always',
    carriesLevel: false,
    needs: null,
    words: 'inherits from',
    severity: 1,
    description: 'Membership: what the group may do, the member may do.',
  },
  attached: {
    from: ACTING,
    to: ['policy'],
    granted: true,
    exercised: 'never',
    carriesLevel: false,
    needs: null,
    words: 'is bound to',
    severity: 1,
    description: 'A permission set bound to the identity, within a stated scope.',
  },
  grants: {
    from: [...ACTING, 'policy'],
    to: ['resource'],
    granted: true,
    exercised: 'never',
    carriesLevel: true,
    needs: null,
    words: 'may access',
    severity: 2,
    description: 'Permission on a resource at an access level.',
  },
  contains: {
    from: ['resource'],
    to: ['resource', 'policy', 'credential', ...ACTING],
    granted: true,
    exercised: 'always',
    carriesLevel: false,
    needs: 'admin',
    words: 'contains',
    severity: 2,
    description: 'Whoever administers the one administers the other.',
  },
  exposes: {
    from: ['resource'],
    to: ['credential'],
    granted: true,
    exercised: 'always',
    carriesLevel: false,
    needs: 'read',
    words: 'yields, when it is read,',
    severity: 4,
    description: 'Reading the resource reveals the credential.',
  },
  hosts: {
    from: ['resource'],
    to: ACTING,
    granted: true,
    exercised: 'always',
    carriesLevel: false,
    needs: 'write',
    words: 'runs code as',
    severity: 3,
    description: 'Whoever can change the resource runs code as the identity.',
  },
  escalates: {
    from: ACTING,
    to: ACTING,
    granted: true,
    exercised: 'observed',
    carriesLevel: false,
    needs: null,
    words: 'can become',
    severity: 4,
    description: 'A named technique leads from the one to the other.',
  },
  calls: {
    from: ACTING,
    to: ['resource', ...ACTING],
    granted: false,
    exercised: 'observed',
    carriesLevel: true,
    needs: null,
    words: 'called',
    severity: 0,
    description: 'Observed: how often, when last, with which credential.',
  },
  delegates: {
    from: ACTING,
    to: ACTING,
    granted: false,
    exercised: 'never',
    carriesLevel: false,
    needs: null,
    words: 'acted through',
    severity: 0,
    description: 'Observed: one acted through the other, as the actor chain states.',
  },
  owns: {
    from: ['team', 'person'],
    to: NODE_KIND_NAMES,
    granted: false,
    exercised: 'never',
    carriesLevel: false,
    needs: null,
    words: 'is accountable for',
    severity: 0,
    description: 'The accepted ownership claim.',
  },
} as const satisfies Record<string, EdgeKindRule>;

export type EdgeKind = keyof typeof EDGE_KINDS;
export const EDGE_KIND_NAMES = Object.keys(EDGE_KINDS) as readonly EdgeKind[];

/** Whether the ontology lets an edge of this kind stand between these node kinds. */
export function fits(kind: EdgeKind, from: NodeKind, to: NodeKind): boolean {
  const rule: EdgeKindRule = EDGE_KINDS[kind];
  return rule.from.includes(from) && rule.to.includes(to);
}
