import type { FactSink } from '../connector.ts';
import type { Possibility } from './find-escalations.ts';
import { findEscalations } from './find-escalations.ts';
import type { Holder } from './rbac.ts';
import { groupSubject, serviceAccount, type Subject } from './subjects.ts';
import type { Topology } from './topology.ts';

/** Identities of the cluster that a technique can lead to. */
export type Reachable = {
  /** Service accounts by namespace. */
  accounts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Service accounts that some workload runs with; null when no workload of the namespace is known. */
  running: (namespace: string) => ReadonlySet<string> | null;
  users: readonly Subject[];
};

type Target = { subject: Subject; isCertain: boolean };

/**
 * States an `escalates` edge for every identity that another can become, one an identity: the first technique names it,
 * the others are listed. `system:masters` stands for whoever administers the cluster; no rule can take that from it.
 */
export function writeEscalations(
  sink: FactSink,
  topology: Topology,
  holders: readonly Holder[],
  reachable: Reachable,
  scope: string,
): void {
  for (const holder of holders) {
    const edges = new Map<string, { target: Target; found: Possibility[] }>();
    for (const possibility of findEscalations(holder.holdings)) {
      if (possibility.technique.reach === 'administrator' && possibility.namespace !== null) {
        takeNamespace(sink, topology, holder, possibility, possibility.namespace, scope);
        continue;
      }
      for (const target of targetsOf(possibility, topology, reachable)) {
        if (target.subject.key === holder.subject.key) continue;
        const edge = edges.get(target.subject.key) ?? { target, found: [] };
        edge.found.push(possibility);
        if (target.isCertain) edge.target = target;
        edges.set(target.subject.key, edge);
      }
    }
    for (const { target, found } of edges.values()) writeEdge(sink, holder, target, found, scope);
  }
}

function writeEdge(
  sink: FactSink,
  holder: Holder,
  target: Target,
  found: readonly Possibility[],
  scope: string,
): void {
  const [first] = found;
  if (first === undefined) return;
  sink.node({ ...target.subject, standing: 'reference' });
  sink.edge(
    {
      from: holder.subject.key,
      kind: 'escalates',
      to: target.subject.key,
      qualifier: first.technique.title,
      ...(target.isCertain ? {} : { conditional: true }),
      props: {
        technique: first.technique.id,
        techniques: [...new Set(found.map(({ technique }) => technique.id))],
        reference: first.technique.reference,
        bindings: [...new Set(found.flatMap(({ bindings }) => bindings))].slice(0, 20),
        ...(target.isCertain ? {} : { condition: 'a pod must be running with it' }),
      },
    },
    scope,
  );
}

/** Whoever may bind or widen roles in a namespace administers it: a grant says that more exactly than an identity. */
function takeNamespace(
  sink: FactSink,
  topology: Topology,
  holder: Holder,
  possibility: Possibility,
  namespace: string,
  scope: string,
): void {
  const { technique, bindings } = possibility;
  sink.edge(
    {
      from: holder.subject.key,
      kind: 'grants',
      to: topology.namespace(namespace),
      level: 'admin',
      qualifier: technique.title,
      props: { technique: technique.id, reference: technique.reference, bindings: bindings.slice(0, 20) },
    },
    scope,
  );
}

function targetsOf(possibility: Possibility, topology: Topology, reachable: Reachable): Target[] {
  const { technique, names, namespace } = possibility;
  const { cluster } = topology;
  switch (technique.reach) {
    case 'administrator':
      return [{ subject: mastersOf(topology), isCertain: true }];
    case 'groups':
      if (names === null) return [{ subject: mastersOf(topology), isCertain: true }];
      return [...names].map((name) => ({ subject: groupSubject(cluster, name), isCertain: true }));
    case 'users':
      return reachable.users
        .filter((user) => names === null || names.has(user.name ?? ''))
        .map((subject) => ({ subject, isCertain: true }));
    case 'service_accounts':
    case 'running_service_accounts':
      return accountTargets(possibility, namespace, cluster, reachable);
  }
}

const mastersOf = (topology: Topology): Subject => groupSubject(topology.cluster, 'system:masters');

function accountTargets(
  { technique, names }: Possibility,
  scope: string | null,
  cluster: string,
  reachable: Reachable,
): Target[] {
  const targets: Target[] = [];
  for (const [namespace, accounts] of reachable.accounts) {
    if (scope !== null && scope !== namespace) continue;
    const running = technique.reach === 'running_service_accounts' ? reachable.running(namespace) : null;
    for (const name of accounts) {
      if (names !== null && !names.has(name)) continue;
      if (running !== null && !running.has(name)) continue;
      const isCertain = technique.reach === 'service_accounts' || running !== null;
      targets.push({ subject: serviceAccount(cluster, namespace, name), isCertain });
    }
  }
  return targets;
}
