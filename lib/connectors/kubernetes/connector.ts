import { isObject } from '#lib/core/json.ts';
import type { Connector, FactSink, ReadContext, Reader, Sample, SourceRecord } from '../connector.ts';
import { inStatedEnvironment } from '../stated-environment.ts';
import { fittingSink } from '../fitting-sink.ts';
import { environmentOf, readLabels } from '../stated-facts.ts';
import { writeServiceAccount } from './accounts.ts';
import { type ApiObject, readObject, unwrap } from './objects.ts';
import { POD_SPEC_PATHS } from './pod-spec.ts';
import { type Holder, Rbac } from './rbac.ts';
import { writeSecret } from './secrets.ts';
import { clusterZone, groupSubject, serviceAccount } from './subjects.ts';
import { Topology } from './topology.ts';
import { Workloads } from './workloads.ts';
import { writeEscalations } from './write-escalations.ts';

/** Kinds that are known to say nothing of trust; anything else is counted as unknown. */
const SILENT_KINDS = new Set([
  'ConfigMap',
  'Service',
  'Event',
  'Endpoints',
  'EndpointSlice',
  'Lease',
  'Ingress',
]);
const RBAC_KINDS = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);
/** Parts of a cluster that may be exported alone; each is a scope of its own, so that one does not end another. */
type Family = 'rbac' | 'serviceaccounts' | 'workloads' | 'secrets' | 'namespaces';

/**
 * Kubernetes objects as manifests or as `kubectl get -o yaml|json` writes them (docs/formats/kubernetes.md). The
 * cluster is `defaults.tenant`, and objects without a namespace are in `defaults.namespace`.
 */
export const kubernetes: Connector = {
  name: 'kubernetes',
  title: 'Kubernetes objects (RBAC, service accounts, workloads)',
  kind: 'inventory',
  syntax: ['yaml', 'json'],
  lists: ['items'],
  recognise,
  open: (sink, context) => new KubernetesReader(inStatedEnvironment(fittingSink(sink), context), context),
};

function recognise(sample: Sample): number {
  const first = sample.first;
  if (isObject(first)) return looksLikeObject(first) ? 0.95 : 0;
  if (sample.syntax !== 'yaml' && sample.syntax !== 'json') return 0;
  const hasApi = /^\s*"?apiVersion"?\s*:\s*"?(?:v1|[\w.-]*k8s\.io\/v\w+|(?:apps|batch)\/v\w+)\b/m.test(
    sample.head,
  );
  return hasApi && /^\s*"?kind"?\s*:/m.test(sample.head) ? 0.7 : 0;
}

function looksLikeObject(value: Record<string, unknown>): boolean {
  const kind = value['kind'];
  const version = value['apiVersion'];
  if (typeof kind !== 'string' || typeof version !== 'string') return false;
  if (version.startsWith('audit.k8s.io/') || version.startsWith('backstage.io/')) return false;
  return isObject(value['metadata']) || Array.isArray(value['items']);
}

class KubernetesReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;
  readonly #topology: Topology;
  readonly #rbac: Rbac;
  readonly #workloads: Workloads;
  readonly #accounts = new Map<string, Set<string>>();
  readonly #seen = new Set<Family>();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
    this.#topology = new Topology(sink, context.defaults.tenant ?? 'default');
    this.#rbac = new Rbac(sink, this.#topology, this.#scope('rbac'));
    this.#workloads = new Workloads(sink, this.#topology, this.#scope('workloads'));
  }

  record(record: SourceRecord): void {
    for (const object of unwrap(record.value)) this.#object(readObject(object));
  }

  end(): void {
    this.#workloads.write();
    const boundGroups = this.#rbac.boundGroups();
    const holders = this.#rbac.write();
    for (const holder of holders) this.#know(holder);
    this.#implicitMembers(boundGroups);
    const users = holders
      .map(({ subject }) => subject)
      .filter(({ kind, key }) => kind !== 'group' && !isAccount(key));
    const running = (namespace: string) => this.#workloads.running(namespace);
    const reachable = { accounts: this.#accounts, running, users };
    writeEscalations(this.#sink, this.#topology, holders, reachable, this.#scope('rbac'));
    if (holders.length > 0) this.#masters();
    for (const family of this.#seen) {
      this.#sink.scope({ scope: this.#scope(family), complete: this.#context.complete });
    }
  }

  #scope(family: Family): string {
    return `k8s:${this.#topology.cluster}:${family}`;
  }

  #object(object: ApiObject): void {
    const namespace = object.namespace ?? this.#context.defaults.namespace ?? 'default';
    if (RBAC_KINDS.has(object.kind)) this.#rbacObject(object, namespace);
    else if (object.kind === 'ServiceAccount') {
      this.#seen.add('serviceaccounts');
      this.#account(namespace, object.name);
      writeServiceAccount(this.#sink, this.#topology, object, namespace, this.#scope('serviceaccounts'));
    } else if (object.kind === 'Secret') {
      this.#seen.add('secrets');
      writeSecret(this.#sink, this.#topology, object, namespace, this.#scope('secrets'));
    } else if (object.kind === 'Namespace') this.#namespace(object);
    else if (POD_SPEC_PATHS.has(object.kind)) this.#workload(object, namespace);
    else if (!SILENT_KINDS.has(object.kind)) this.#sink.unknown(`kind ${object.kind}`);
  }

  #rbacObject(object: ApiObject, namespace: string): void {
    this.#seen.add('rbac');
    const scope = object.kind.startsWith('Cluster') ? null : namespace;
    if (object.kind.endsWith('Binding')) this.#rbac.binding(object, scope);
    else this.#rbac.role(object, scope);
  }

  #workload(object: ApiObject, namespace: string): void {
    this.#seen.add('workloads');
    this.#account(namespace, this.#workloads.add(object, namespace));
  }

  #namespace(object: ApiObject): void {
    this.#seen.add('namespaces');
    const labels = readLabels(object.labels, object.annotations);
    const environment = environmentOf(labels.get('environment') ?? labels.get('env'));
    this.#sink.node(
      {
        key: this.#topology.namespace(object.name),
        kind: 'resource',
        standing: 'inventory',
        name: object.name,
        provider: 'kubernetes',
        tenant: this.#topology.cluster,
        zone: clusterZone(this.#topology.cluster),
        type: 'namespace',
        ...(object.createdAt === null ? {} : { createdAt: object.createdAt }),
        ...(environment === undefined ? {} : { environment }),
        labels: Object.fromEntries(labels),
      },
      this.#scope('namespaces'),
    );
  }

  #account(namespace: string, name: string): void {
    const accounts = this.#accounts.get(namespace) ?? new Set();
    this.#accounts.set(namespace, accounts.add(name));
  }

  /** A bound service account that the input does not hold can be become as well. */
  #know({ subject }: Holder): void {
    if (!isAccount(subject.key)) return;
    const [namespace = '', ...rest] = (subject.name ?? '').split('/');
    this.#account(namespace, rest.join('/'));
  }

  /** Every service account is in three groups by itself; stated where a binding names the group. */
  #implicitMembers(bound: ReadonlySet<string>): void {
    for (const [namespace, names] of this.#accounts) {
      const groups = [
        'system:authenticated',
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
      ];
      for (const group of groups.filter((name) => bound.has(name))) {
        const to = groupSubject(this.#topology.cluster, group);
        this.#sink.node({ ...to, standing: 'reference' });
        for (const name of names) {
          const from = serviceAccount(this.#topology.cluster, namespace, name);
          this.#sink.node({ ...from, standing: 'reference' });
          this.#sink.edge({ from: from.key, kind: 'member_of', to: to.key }, this.#scope('rbac'));
        }
      }
    }
  }

  /** The group that the API server lets do anything, whatever the roles say. */
  #masters(): void {
    const { cluster } = this.#topology;
    const masters = groupSubject(cluster, 'system:masters');
    this.#sink.node({ ...masters, standing: 'reference' });
    const to = this.#topology.clusterKey();
    this.#sink.edge({ from: masters.key, kind: 'grants', to, level: 'admin', qualifier: 'built in' });
  }
}

const isAccount = (key: string): boolean => /^k8s:\/\/[^/]*\/serviceaccounts\//.test(key);
