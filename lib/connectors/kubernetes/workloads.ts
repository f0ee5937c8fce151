import { k8sKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { at } from '../read-value.ts';
import { claimByLabels, environmentOf, readLabels } from '../stated-facts.ts';
import { type ApiObject, controllerOf } from './objects.ts';
import { podProps, POD_SPEC_PATHS, secretsUsed, serviceAccountName } from './pod-spec.ts';
import { clusterZone, serviceAccount } from './subjects.ts';
import type { Topology } from './topology.ts';

type Workload = {
  facts: Pick<NodeFact, 'createdAt' | 'environment' | 'labels' | 'props'>;
  labels: ReadonlyMap<string, string>;
  kind: string;
  name: string;
  namespace: string;
  controller: { kind: string; name: string } | null;
  account: string;
  secrets: ReadonlyMap<string, string>;
};

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

  /** Takes what it needs of the object, and no more; answers with the name of the service account. */
  add(object: ApiObject, namespace: string): string {
    const spec = at(object.body, ...(POD_SPEC_PATHS.get(object.kind) ?? []));
    const labels = readLabels(object.labels, object.annotations);
    const environment = environmentOf(labels.get('environment') ?? labels.get('env'));
    const workload: Workload = {
      facts: {
        labels: Object.fromEntries(labels),
        props: podProps(spec),
        ...(environment === undefined ? {} : { environment }),
        ...(object.createdAt === null ? {} : { createdAt: object.createdAt }),
      },
      labels,
      kind: object.kind,
      name: object.name,
      namespace,
      controller: controllerOf(object),
      account: serviceAccountName(spec),
      secrets: secretsUsed(spec),
    };
    this.#found.set(workloadId(object.kind, namespace, object.name), workload);
    const accounts = this.#running.get(namespace) ?? new Set();
    this.#running.set(namespace, accounts.add(workload.account));
    return workload.account;
  }

  /** Service accounts seen running in a namespace; null when no workload of it is known. */
  running(namespace: string): ReadonlySet<string> | null {
    return this.#running.get(namespace) ?? null;
  }

  write(): void {
    for (const workload of this.#found.values()) {
      const { controller, namespace } = workload;
      if (controller !== null && this.#found.has(workloadId(controller.kind, namespace, controller.name)))
        continue;
      this.#state(workload);
    }
  }

  #state(workload: Workload): void {
    const { namespace } = workload;
    const top = workload.controller ?? workload;
    const { cluster } = this.#topology;
    const key = k8sKey(cluster, pluralOf(top.kind), namespace, top.name);
    this.#sink.node(
      {
        key,
        kind: 'service',
        standing: 'inventory',
        name: `${namespace}/${top.name}`,
        provider: 'kubernetes',
        tenant: cluster,
        zone: clusterZone(cluster),
        type: top.kind.toLowerCase(),
        ...workload.facts,
      },
      this.#scope,
    );
    const runsAs = serviceAccount(cluster, namespace, workload.account);
    this.#sink.node({ ...runsAs, standing: 'reference' });
    this.#sink.edge({ from: key, kind: 'runs_as', to: runsAs.key }, this.#scope);
    this.#sink.edge({ from: this.#topology.namespace(namespace), kind: 'contains', to: key }, this.#scope);
    for (const [name, how] of workload.secrets) {
      const secret = this.#topology.object('secrets', namespace, name);
      this.#sink.edge({ from: key, kind: 'grants', to: secret, level: 'read', qualifier: how }, this.#scope);
    }
    claimByLabels(this.#sink, key, workload.labels, this.#scope);
  }
}

const workloadId = (kind: string, namespace: string, name: string): string =>
  `${kind}\n${namespace}\n${name}`;
