import { k8sClusterKey, k8sCollectionKey, k8sKey, k8sNamespaceKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { clusterZone } from './subjects.ts';

/**
 * States the places of one cluster, each with what contains it: cluster ⊃ namespaces ⊃ collections ⊃ single objects. It
 * keeps no memory of what it stated, since that may be refused together with its record; the sink knows repetitions.
 */
export class Topology {
  readonly cluster: string;
  readonly #sink: FactSink;

  constructor(sink: FactSink, cluster: string) {
    this.#sink = sink;
    this.cluster = cluster;
  }

  clusterKey(): string {
    const key = k8sClusterKey(this.cluster);
    return this.#state(key, null, { name: this.cluster, type: 'cluster' });
  }

  namespace(name: string): string {
    const key = k8sNamespaceKey(this.cluster, name);
    return this.#state(key, () => this.clusterKey(), { name, type: 'namespace' });
  }

  /** The namespace, or the cluster for what has none. */
  place(namespace: string | null): string {
    return namespace === null ? this.clusterKey() : this.namespace(namespace);
  }

  /** All objects of a type in a namespace or in the cluster; `type` as in `secrets`, `deployments.apps`, `pods/exec`. */
  collection(type: string, namespace: string | null): string {
    const key = k8sCollectionKey(this.cluster, type, namespace);
    const name = namespace === null ? `${type} of ${this.cluster}` : `${type} in ${namespace}`;
    return this.#state(key, () => this.place(namespace), { name, type: collectionType(type) });
  }

  /** One object of a type; namespace null = one that lies outside namespaces, `*` = of that name in any namespace. */
  object(type: string, namespace: string | null, name: string): string {
    const key = k8sKey(this.cluster, type.replaceAll('/', '%2F'), namespace, name);
    const shown = namespace === null ? name : `${namespace}/${name}`;
    return this.#state(key, () => this.collection(type, namespace === '*' ? null : namespace), {
      name: shown,
      type: type === 'secrets' ? 'secret' : type,
    });
  }

  #state(key: string, parent: (() => string) | null, facts: Pick<NodeFact, 'name' | 'type'>): string {
    this.#sink.node({
      key,
      kind: 'resource',
      standing: 'reference',
      provider: 'kubernetes',
      tenant: this.cluster,
      zone: clusterZone(this.cluster),
      ...(facts.type === 'secret' || facts.type === 'secrets' ? { sensitivity: 'restricted' as const } : {}),
      ...facts,
    });
    if (parent !== null) this.#sink.edge({ from: parent(), kind: 'contains', to: key });
    return key;
  }
}

const collectionType = (type: string): string => (type === 'nonresourceurls' ? 'api' : type);
