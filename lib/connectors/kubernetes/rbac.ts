import { k8sKey } from '#lib/core/keys.ts';
import { isObject } from '#lib/core/json.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { at, field, id, objects, requiredId } from '../read-value.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';
import type { Holding } from './find-escalations.ts';
import { grantEdges } from './grants.ts';
import type { ApiObject } from './objects.ts';
import { readRules, type Rule } from './rules.ts';
import { clusterZone, groupSubject, serviceAccount, type Subject, userSubject } from './subjects.ts';
import type { Topology } from './topology.ts';

type Role = { object: ApiObject; namespace: string | null; rules: readonly Rule[]; labels: unknown };
type RoleRef = { isClusterRole: boolean; name: string };
type Binding = { name: string; namespace: string | null; role: RoleRef; subjects: readonly Subject[] };

/** What each bound identity holds, for the search for escalations. */
export type Holder = { subject: Subject; holdings: Holding[] };

/** Collects roles and bindings, which need one another, and states them when all are there. */
export class Rbac {
  readonly #sink: FactSink;
  readonly #topology: Topology;
  readonly #scope: string;
  readonly #roles = new Map<string, Role>();
  readonly #bindings: Binding[] = [];
  readonly #written = new Set<string>();

  constructor(sink: FactSink, topology: Topology, scope: string) {
    this.#sink = sink;
    this.#topology = topology;
    this.#scope = scope;
  }

  role(object: ApiObject, namespace: string | null): void {
    const rules = readRules(object.body['rules']);
    this.#roles.set(roleId(namespace, object.name), { object, namespace, rules, labels: object.labels });
  }

  binding(object: ApiObject, namespace: string | null): void {
    const reference = object.body['roleRef'];
    const role = {
      isClusterRole: at(reference, 'kind') !== 'Role',
      name: requiredId(at(reference, 'name'), 'roleRef.name'),
    };
    const subjects = objects(object.body['subjects']).map((subject) => this.#subject(subject, namespace));
    this.#bindings.push({
      name: object.name,
      namespace,
      role,
      subjects: subjects.filter((subject) => subject !== null),
    });
  }

  /** Names of the groups that bindings name, which implicit membership matters for. */
  boundGroups(): Set<string> {
    const groups = this.#bindings.flatMap((binding) =>
      binding.subjects.filter(({ kind }) => kind === 'group'),
    );
    return new Set(groups.map((group) => group.name ?? ''));
  }

  write(): Holder[] {
    for (const role of this.#roles.values())
      this.#policy(roleKey(this.#topology.cluster, role), role.namespace, role);
    const holders = new Map<string, Holder>();
    for (const binding of this.#bindings) this.#bind(binding, holders);
    return [...holders.values()];
  }

  #bind(binding: Binding, holders: Map<string, Holder>): void {
    const { role } = binding;
    const { cluster } = this.#topology;
    const found = this.#roles.get(roleId(role.isClusterRole ? null : binding.namespace, role.name));
    const rules = this.#rulesOf(found, role);
    const policy = k8sKey(
      cluster,
      role.isClusterRole ? 'clusterroles' : 'roles',
      binding.namespace,
      role.name,
    );
    this.#policy(policy, binding.namespace, found ?? null, role, rules);
    const kind = binding.namespace === null ? 'ClusterRoleBinding' : 'RoleBinding';
    const qualifier = bindingName(kind, binding.namespace, binding.name);
    for (const subject of binding.subjects) {
      this.#sink.node({ ...subject, standing: 'reference' });
      this.#sink.edge({ from: subject.key, kind: 'attached', to: policy, qualifier }, this.#scope);
      const holder = holders.get(subject.key) ?? { subject, holdings: [] };
      holder.holdings.push({ rules, namespace: binding.namespace, binding: qualifier });
      holders.set(subject.key, holder);
    }
  }

  /** States a policy once: the role itself, or a ClusterRole as a RoleBinding scopes it to one namespace. */
  #policy(
    key: string,
    namespace: string | null,
    role: Role | null,
    reference: RoleRef = { isClusterRole: role?.namespace === null, name: role?.object.name ?? '' },
    rules: readonly Rule[] = this.#rulesOf(role ?? undefined, reference),
  ): void {
    if (this.#written.has(key)) return;
    this.#written.add(key);
    const isScoped = reference.isClusterRole && namespace !== null;
    const facts: NodeFact = {
      key,
      kind: 'policy',
      standing: role === null ? 'reference' : 'inventory',
      name:
        namespace === null
          ? reference.name
          : isScoped
            ? `${reference.name} in ${namespace}`
            : `${namespace}/${reference.name}`,
      provider: 'kubernetes',
      tenant: this.#topology.cluster,
      zone: clusterZone(this.#topology.cluster),
      type: reference.isClusterRole ? 'cluster_role' : 'role',
    };
    if (role?.object.createdAt) facts.createdAt = role.object.createdAt;
    if (BUILT_IN_ROLES.has(reference.name) || reference.name.startsWith('system:')) facts.managed = true;
    const note =
      role !== null
        ? null
        : rules.length > 0
          ? 'rules of the built-in role'
          : 'not in the input: rules unknown';
    facts.props = { rules: rules.slice(0, 30).map(shownRule), ...(note === null ? {} : { note }) };
    this.#sink.node(facts, this.#scope);
    this.#sink.edge({ from: this.#topology.place(namespace), kind: 'contains', to: key }, this.#scope);
    for (const edge of grantEdges(key, rules, namespace, this.#topology)) this.#sink.edge(edge, this.#scope);
  }

  #rulesOf(role: Role | undefined, reference: RoleRef): readonly Rule[] {
    if (role === undefined) return reference.isClusterRole ? (BUILT_IN_ROLES.get(reference.name) ?? []) : [];
    const selectors = objects(at(role.object.body, 'aggregationRule', 'clusterRoleSelectors'));
    if (role.namespace !== null || selectors.length === 0) return role.rules;
    const parts = [...this.#roles.values()].filter(
      (other) =>
        other !== role && other.namespace === null && selectors.some((one) => selects(one, other.labels)),
    );
    return [...role.rules, ...parts.flatMap((part) => part.rules)];
  }

  #subject(subject: Record<string, unknown>, bindingNamespace: string | null): Subject | null {
    const { cluster } = this.#topology;
    const name = requiredId(field(subject, 'name'), 'subject name');
    const kind = id(field(subject, 'kind'), 'subject kind');
    if (kind === 'User') return userSubject(cluster, name);
    if (kind === 'Group') return groupSubject(cluster, name);
    if (kind === 'ServiceAccount') {
      const namespace = id(field(subject, 'namespace'), 'subject namespace') ?? bindingNamespace;
      return serviceAccount(cluster, namespace ?? 'default', name);
    }
    this.#sink.unknown(`subject kind ${kind ?? 'none'}`);
    return null;
  }
}

/** How a binding is named on the `attached` edge, by the inventory and by the audit log alike. */
export const bindingName = (kind: string, namespace: string | null, name: string): string =>
  `${kind} ${namespace === null ? name : `${namespace}/${name}`}`.slice(0, 500);

const roleId = (namespace: string | null, name: string): string => `${namespace ?? ''}\n${name}`;

const roleKey = (cluster: string, role: Role): string =>
  k8sKey(cluster, role.namespace === null ? 'clusterroles' : 'roles', role.namespace, role.object.name);

function shownRule(rule: Rule): Record<string, string[]> {
  const shown = (values: readonly string[]): string[] =>
    values.slice(0, 12).map((value) => value.slice(0, 100) || 'core');
  return {
    groups: shown(rule.groups),
    resources: shown(rule.resources),
    verbs: shown(rule.verbs),
    ...(rule.names.length > 0 ? { names: shown(rule.names) } : {}),
    ...(rule.urls.length > 0 ? { urls: shown(rule.urls) } : {}),
  };
}

function selects(selector: Record<string, unknown>, labels: unknown): boolean {
  const wanted = selector['matchLabels'];
  if (!isObject(wanted) || !isObject(labels)) return false;
  const entries = Object.entries(wanted);
  return (
    entries.length > 0 &&
    entries.every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value)
  );
}
