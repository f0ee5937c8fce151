import { k8sKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { at } from '../read-value.ts';
import { claimByLabels, environmentOf, readLabels } from '../stated-facts.ts';
import { type ApiObject, controllerOf } from './objects.ts';
import { podProps, POD_SPEC_PATHS, secretsUsed, serviceAccountName } from './pod-spec.ts';
import { clusterZone, serviceAccount } from './subjects.ts';
import type { Topology } from './topology.ts';

type Workload = { object: ApiObject; namespace: string };

const pluralOf = (kind: string): string => `${kind.toLowerCase()}s`;

/**
 * States what runs: a workload is the object at the top of its chain of controllers, so a Deployment's ReplicaSets and
 * Pods are not stated beside it.
 */
export class Workloads {
  readonly #sink: FactSink;
  readonly #topology: Topology;
  readonly #scope: string;
  readonly #found = new Map<string, Workload>();
  /** Names of service accounts that some workload runs with, by namespace. */
  readonly #running = new Map<string, Set<string>>();

  constructor(sink: FactSink, topology: Topology, scope: string) {
    this.#sink = sink;
    this.#topology = topology;
    this.#scope = scope;
  }

  add(object: ApiObject, namespace: string): void {
    this.#found.set(workloadId(object.kind, namespace, object.name), { object, namespace });
  }

  /** Service accounts seen running in a namespace; null when no workload of it is known. */
  running(namespace: string): ReadonlySet<string> | null {
    return this.#running.get(namespace) ?? null;
  }

  write(): void {
    for (const { object, namespace } of this.#found.values()) {
      const spec = at(object.body, ...(POD_SPEC_PATHS.get(object.kind) ?? []));
      const account = serviceAccountName(spec);
      const accounts = this.#running.get(namespace) ?? new Set();
      this.#running.set(namespace, accounts.add(account));
      const controller = controllerOf(object);
      if (controller !== null && this.#found.has(workloadId(controller.kind, namespace, controller.name)))
        continue;
      this.#state(object, namespace, controller ?? object, spec, account);
    }
  }

  #state(
    object: ApiObject,
    namespace: string,
    top: { kind: string; name: string },
    spec: unknown,
    account: string,
  ): void {
    const { cluster } = this.#topology;
    const labels = readLabels(object.labels, object.annotations);
    const environment = environmentOf(labels.get('environment') ?? labels.get('env'));
    const node: NodeFact = {
      key: k8sKey(cluster, pluralOf(top.kind), namespace, top.name),
      kind: 'service',
      standing: 'inventory',
      name: `${namespace}/${top.name}`,
      provider: 'kubernetes',
      tenant: cluster,
      zone: clusterZone(cluster),
      type: top.kind.toLowerCase(),
      labels: Object.fromEntries(labels),
      props: podProps(spec),
    };
    if (environment !== undefined) node.environment = environment;
    if (object.createdAt !== null) node.createdAt = object.createdAt;
    this.#sink.node(node, this.#scope);
    const runsAs = serviceAccount(cluster, namespace, account);
    this.#sink.node({ ...runsAs, standing: 'reference' });
    this.#sink.edge({ from: node.key, kind: 'runs_as', to: runsAs.key }, this.#scope);
    const place = this.#topology.namespace(namespace);
    this.#sink.edge({ from: place, kind: 'contains', to: node.key }, this.#scope);
    for (const [name, how] of secretsUsed(spec)) {
      const secret = this.#topology.object('secrets', namespace, name);
      this.#sink.edge(
        { from: node.key, kind: 'grants', to: secret, level: 'read', qualifier: how },
        this.#scope,
      );
    }
    claimByLabels(this.#sink, node.key, labels, this.#scope);
  }
}

const workloadId = (kind: string, namespace: string, name: string): string =>
  `${kind}\n${namespace}\n${name}`;
