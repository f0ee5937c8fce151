import type { AliasFact, ClaimFact, EdgeFact, NodeFact, UsageEvent } from '#lib/connectors/facts.ts';
import type { Account, Cluster } from './accounts.ts';
import type { Calendar } from './calendar.ts';
import type { ManagedPolicy, Role, User, UserGroup } from './iam-model.ts';
import { Random } from './random.ts';
import type { Service } from './services.ts';
import type { Store } from './stores.ts';

/** How a session of a role comes about, or that a user signs with a long-lived key. */
export type Origin =
  | { kind: 'web_identity'; cluster: Cluster; namespace: string; serviceAccount: string }
  | { kind: 'pipeline'; repository: string }
  | { kind: 'aws_service'; host: string }
  | { kind: 'chain'; from: Role }
  | { kind: 'person'; mail: string }
  | { kind: 'key'; user: User; keyId: string };

/** One API operation on one target, as CloudTrail will show it. */
export type Operation = { action: string; store?: Store; arn?: string; denied?: boolean };

/** What one AWS principal does, day after day. */
export type Traffic = {
  account: Account;
  /** The role that acts; absent where a user does. */
  role?: Role;
  origin: Origin;
  operations: Operation[];
  /** Events on a working day, before scaling to the wanted total. */
  perDay: number;
  /** Kept as stated, not scaled: what a story needs. */
  exact: boolean;
  /** First and last day, counted back from the as-of date; 90 to 1 is everything. */
  fromDaysAgo: number;
  toDaysAgo: number;
  addresses: string[];
  userAgents: string[];
};

/** What is known from other logs than AWS's: the API gateway and the agent gateway. */
export type Call = Omit<UsageEvent, 'id' | 'time' | 'address' | 'trace'> & {
  perDay: number;
  exact: boolean;
  fromDaysAgo: number;
  toDaysAgo: number;
  addresses: string[];
  /** Each call begins a trace; followers repeat it one second later with the fields that they state. */
  followers?: Omit<UsageEvent, 'id' | 'time' | 'trace'>[];
};

export type ServiceAccount = {
  cluster: Cluster;
  namespace: string;
  name: string;
  roleArn: string | null;
  labels: Map<string, string>;
  annotations: Map<string, string>;
  tokenSecret: boolean;
  createdDaysAgo: number;
};

export type RbacRule = {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
};
export type RbacRole = { cluster: Cluster; namespace: string | null; name: string; rules: RbacRule[] };
export type RbacBinding = {
  cluster: Cluster;
  /** Null: bound for the whole cluster. */
  namespace: string | null;
  name: string;
  role: { kind: 'Role' | 'ClusterRole'; name: string };
  subjects: { kind: 'ServiceAccount' | 'Group'; name: string; namespace?: string }[];
};

export type Workload = {
  cluster: Cluster;
  namespace: string;
  name: string;
  kind: 'Deployment' | 'CronJob';
  serviceAccount: string;
  image: string;
  labels: Map<string, string>;
};

/** One NDJSON file. */
export class FactFile {
  readonly path: string;
  readonly source: string;
  readonly scope: string;
  readonly nodes = new Map<string, NodeFact>();
  readonly edges: EdgeFact[] = [];
  readonly claims: ClaimFact[] = [];
  readonly aliases: AliasFact[] = [];
  readonly calls: Call[] = [];

  constructor(path: string, source: string, scope: string) {
    this.path = path;
    this.source = source;
    this.scope = scope;
  }

  /** A second statement of the same key adds to the first. */
  node(fact: Omit<NodeFact, 'standing'> & Partial<Pick<NodeFact, 'standing'>>): string {
    const known = this.nodes.get(fact.key);
    this.nodes.set(fact.key, { standing: 'inventory', ...known, ...fact });
    return fact.key;
  }

  edge(from: string, kind: EdgeFact['kind'], to: string, more: Omit<EdgeFact, 'from' | 'kind' | 'to'> = {}) {
    this.edges.push({ from, kind, to, ...more });
  }
}

export type Story = {
  id: string;
  title: string;
  /** What the keys are, by the part that they play in the story. */
  keys: Map<string, string | string[]>;
  /** Things that look alike and are fine, with the reason. */
  decoys: { key: string; why: string }[];
};

export type World = {
  readonly seed: number;
  readonly calendar: Calendar;
  /** The second snapshot: a few things were removed and changed meanwhile. */
  readonly later: boolean;
  readonly services: readonly Service[];
  readonly stores: ReadonlyMap<string, Store>;
  readonly roles: Role[];
  readonly users: User[];
  readonly groups: UserGroup[];
  readonly policies: ManagedPolicy[];
  readonly serviceAccounts: ServiceAccount[];
  readonly rbacRoles: RbacRole[];
  readonly rbacBindings: RbacBinding[];
  readonly workloads: Workload[];
  readonly traffic: Traffic[];
  readonly agents: FactFile;
  readonly integrations: FactFile;
  readonly register: FactFile;
  readonly stories: Story[];
};

export const randomOf = (world: World, label: string): Random => new Random(world.seed, label);

export function store(world: World, name: string): Store {
  const found = world.stores.get(name);
  if (!found) throw new RangeError(`There is no store ${name}.`);
  return found;
}

export function service(world: World, name: string): Service {
  const found = world.services.find((one) => one.name === name);
  if (!found) throw new RangeError(`There is no service ${name}.`);
  return found;
}

export function role(world: World, account: Account, name: string): Role {
  const found = world.roles.find((one) => one.account === account && one.name === name);
  if (!found) throw new RangeError(`There is no role ${name} in ${account.name}.`);
  return found;
}

export function user(world: World, name: string): User {
  const found = world.users.find((one) => one.name === name);
  if (!found) throw new RangeError(`There is no user ${name}.`);
  return found;
}
