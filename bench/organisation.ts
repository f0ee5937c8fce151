import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';

/** How many of 1,000 nodes are of each kind, in the order in which they are numbered. */
const NODE_SHARES: readonly (readonly [NodeKind, number])[] = [
  ['team', 5],
  ['person', 60],
  ['service', 80],
  ['agent', 15],
  ['pipeline', 20],
  ['integration', 5],
  ['service_account', 120],
  ['role', 100],
  ['group', 20],
  ['credential', 180],
  ['policy', 60],
  ['resource', 335],
];

type Ends = { kind: EdgeKind; share: number; from: readonly NodeKind[]; to: readonly NodeKind[] };

const WORKLOADS = ['service', 'agent', 'pipeline', 'integration'] as const;

/** How many of 1,000 edges are of each kind, and between which nodes; all of them fit the ontology. */
const EDGE_SHARES: readonly Ends[] = [
  {
    kind: 'grants',
    share: 330,
    from: ['policy', 'policy', 'service_account', 'role', 'group'],
    to: ['resource'],
  },
  { kind: 'attached', share: 110, from: ['role', 'service_account', 'group', 'person'], to: ['policy'] },
  { kind: 'member_of', share: 80, from: ['person', 'person', 'service_account'], to: ['group'] },
  { kind: 'holds', share: 100, from: [...WORKLOADS, 'service_account', 'person'], to: ['credential'] },
  {
    kind: 'authenticates',
    share: 70,
    from: ['credential'],
    to: ['service_account', 'role', 'integration', 'agent'],
  },
  { kind: 'runs_as', share: 60, from: WORKLOADS, to: ['service_account', 'role'] },
  { kind: 'assumes', share: 60, from: ['service_account', 'role', 'person', 'service'], to: ['role'] },
  {
    kind: 'contains',
    share: 70,
    from: ['resource'],
    to: ['resource', 'resource', 'policy', 'service_account'],
  },
  { kind: 'exposes', share: 20, from: ['resource'], to: ['credential'] },
  { kind: 'hosts', share: 20, from: ['resource'], to: [...WORKLOADS, 'service_account'] },
  { kind: 'escalates', share: 10, from: ['role', 'service_account'], to: ['role'] },
  {
    kind: 'calls',
    share: 60,
    from: [...WORKLOADS, 'service_account'],
    to: ['resource', 'resource', 'service'],
  },
  { kind: 'delegates', share: 3, from: ['agent', 'service'], to: ['agent', 'service'] },
  { kind: 'owns', share: 7, from: ['team'], to: ['service', 'agent', 'pipeline', 'resource'] },
];

export type OrganisationSize = { nodes: number; edges: number; seed: number };
export type OrganisationNode = {
  index: number;
  kind: NodeKind;
  team: number;
  sensitivity: Sensitivity | null;
};
export type OrganisationEdge = {
  index: number;
  from: number;
  to: number;
  kind: EdgeKind;
  level: AccessLevel | null;
  conditional: boolean;
  exercised: boolean;
};

/**
 * A trust graph with the shape of a real organisation, the same for the same size and seed: people and workloads in
 * teams that mostly use what is theirs; a few roles, policies and accounts that very many use; resources within
 * accounts and clusters; secrets in resources; escalations.
 */
export class Organisation {
  readonly size: OrganisationSize;
  readonly kinds: readonly { kind: NodeKind; first: number; count: number }[];
  readonly #ranges: ReadonlyMap<NodeKind, { first: number; count: number }>;
  readonly #teams: number;

  constructor(size: OrganisationSize) {
    this.size = size;
    const total = NODE_SHARES.reduce((sum, [, share]) => sum + share, 0);
    let first = 0;
    let shares = 0;
    this.kinds = NODE_SHARES.map(([kind, share]) => {
      shares += share;
      const end = Math.max(first + 1, Math.round((size.nodes * shares) / total));
      const range = { kind, first, count: end - first };
      first = end;
      return range;
    });
    this.#ranges = new Map(this.kinds.map(({ kind, ...range }) => [kind, range]));
    this.#teams = this.#range('team').count;
  }

  *nodes(): Generator<OrganisationNode> {
    const random = new SeededRandom(this.size.seed);
    for (const { kind, first, count } of this.kinds) {
      for (let i = 0; i < count; i++) {
        yield { index: first + i, kind, team: i % this.#teams, sensitivity: sensitivityOf(kind, random) };
      }
    }
  }

  *edges(): Generator<OrganisationEdge> {
    const random = new SeededRandom(this.size.seed ^ 0x5bd1e995);
    const table = EDGE_SHARES.flatMap((ends) => Array.from({ length: ends.share }, () => ends));
    for (let index = 0; index < this.size.edges; index++) {
      const ends = random.pick(table);
      const { kind } = ends;
      const carriesLevel = kind === 'grants' || kind === 'calls';
      const team = random.below(this.#teams);
      const from = this.#pick(random.pick(ends.from), team, kind === 'contains' ? 0.5 : 0.1, random);
      const to = this.#pick(random.pick(ends.to), team, kind === 'contains' ? 0 : 0.2, random);
      const level = carriesLevel ? levelOf(random) : null;
      const exercised = kind === 'calls' || random.chance(0.12);
      yield { index, from, to, kind, level, conditional: random.chance(0.08), exercised };
    }
  }

  /** One node of a kind: of the team, or with the given probability one that very many share. */
  #pick(kind: NodeKind, team: number, hubShare: number, random: SeededRandom): number {
    const { first, count } = this.#range(kind);
    if (random.chance(hubShare) || count <= team) return first + hub(random, count);
    return first + team + this.#teams * random.below(Math.ceil((count - team) / this.#teams));
  }

  #range(kind: NodeKind): { first: number; count: number } {
    return this.#ranges.get(kind) ?? { first: 0, count: 1 };
  }
}

/** A power law over 0 … count-1 with the low numbers as hubs. */
function hub(random: SeededRandom, count: number): number {
  return Math.min(count - 1, Math.floor(count * Math.pow(random.next(), 2.5)));
}

function levelOf(random: SeededRandom): AccessLevel {
  const x = random.next();
  return x < 0.55 ? 'read' : x < 0.7 ? 'use' : x < 0.9 ? 'write' : 'admin';
}

function sensitivityOf(kind: NodeKind, random: SeededRandom): Sensitivity | null {
  const x = random.next();
  if (kind !== 'resource') return x < 0.1 ? 'internal' : null;
  if (x < 0.002) return 'crown_jewel';
  return x < 0.05 ? 'restricted' : x < 0.25 ? 'confidential' : x < 0.85 ? 'internal' : 'public';
}
