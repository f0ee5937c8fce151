import { isObject } from '#lib/core/json.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { inStatedEnvironment } from '../stated-environment.ts';
import { fittingSink } from '../fitting-sink.ts';
import type { Mention } from '../logged-use.ts';
import { at, field, id, ids, isTrue, list, objects, requiredId, text } from '../read-value.ts';
import { readLabels } from '../stated-facts.ts';
import { resourceName, shapeOf, workloadAccount } from './shapes.ts';
import { writeKey } from './write-key.ts';
import { located, member, serviceAccount } from './members.ts';
import {
  IMPERSONATION_REFERENCE,
  IMPERSONATION_ROLES,
  PROJECT_IMPERSONATION_ROLES,
  roleLevel,
} from './roles.ts';

/**
 * Google Cloud: IAM policies (bare bindings or with their resource), Cloud Asset Inventory, service accounts and their keys,
 * workloads that name a service account (docs/formats/gcp.md). A bare policy is that of project `defaults.tenant`.
 */
export const gcp: Connector = {
  name: 'gcp',
  title: 'Google Cloud IAM and assets',
  kind: 'inventory',
  syntax: ['json'],
  lists: ['bindings', 'accounts', 'keys', 'assets', 'results'],
  recognise,
  open: (sink, context) => new GcpReader(inStatedEnvironment(fittingSink(sink), context), context),
};

function recognise(sample: Sample): number {
  const first = sample.first;
  const inner = ['bindings', 'accounts', 'keys', 'assets', 'results'].map(
    (name) => list(field(first, name))[0],
  );
  const shapes = [first, ...inner].map(shapeOf);
  return shapes.some((shape) => shape !== null) ? 0.9 : 0;
}

type Impersonation = { from: Mention; project: string; role: string; conditional: boolean };

class GcpReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;
  readonly #project: string;
  readonly #scope: string;
  readonly #accounts = new Map<string, Mention>();
  readonly #impersonations: Impersonation[] = [];

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
    this.#project = context.defaults.tenant ?? 'default';
    this.#scope = `gcp:${this.#project}`;
  }

  record(record: SourceRecord): void {
    const { value } = record;
    const shape = shapeOf(value);
    if (shape === 'account_pair') this.#account(serviceAccount(requiredId(list(value)[0], 'email')), {});
    else if (!isObject(value)) throw new RejectedRecord('the record is not an object');
    else if (shape === 'binding') this.#binding(value, `projects/${this.#project}`, this.#project);
    else if (shape === 'asset') this.#asset(value);
    else if (shape === 'account')
      this.#account(serviceAccount(requiredId(field(value, 'email'), 'email')), value);
    else if (shape === 'key') writeKey(this.#sink, this.#project, this.#scope, value);
    else if (shape === 'workload') this.#workload(value);
    else throw new RejectedRecord('neither a binding, an asset, a service account, a key nor a workload');
  }

  end(): void {
    this.#escalate();
    this.#sink.scope({ scope: this.#scope, complete: this.#context.complete });
  }

  /** A role bound on a resource: a policy of its own, since the same role elsewhere gives something else. */
  #binding(value: Record<string, unknown>, resource: string, project: string | null): void {
    const role = requiredId(field(value, 'role'), 'role');
    const members = ids(field(value, 'members'), 'member', 400);
    const condition = field(value, 'condition');
    const resourceKey = this.#resource(resource);
    const policy = `${resourceKey}/roles/${role}`;
    this.#sink.node(
      {
        key: policy,
        kind: 'policy',
        standing: 'inventory',
        type: 'iam_role',
        name: `${role} on ${resource}`,
        ...located(project),
        ...(role.startsWith('roles/') ? { props: { role } } : {}),
      },
      this.#scope,
    );
    this.#sink.edge(
      { from: policy, kind: 'grants', to: resourceKey, level: roleLevel(role), qualifier: role },
      this.#scope,
    );
    for (const one of members) {
      const from = member(one);
      if (from === null) {
        this.#sink.unknown('member of an unknown kind');
        continue;
      }
      this.#sink.node({ ...from, standing: 'reference' });
      const conditions = isObject(condition)
        ? {
            conditional: true,
            props: {
              condition: text(field(condition, 'title') ?? field(condition, 'expression')) ?? 'stated',
            },
          }
        : {};
      this.#sink.edge(
        { from: from.key, kind: 'attached', to: policy, qualifier: role, ...conditions },
        this.#scope,
      );
      if (from.kind === 'service_account' && from.key.startsWith('gcp://serviceAccounts/'))
        this.#accounts.set(from.key, from);
      if (project !== null)
        this.#impersonations.push({ from, project, role, conditional: isObject(condition) });
    }
  }

  #asset(value: Record<string, unknown>): void {
    const name = requiredId(field(value, 'name'), 'name', 700);
    const type = text(field(value, 'assetType') ?? field(value, 'asset_type'), 200) ?? '';
    const data = at(value, 'resource', 'data');
    const policy = field(value, 'iamPolicy') ?? field(value, 'iam_policy');
    const bindings = objects(field(policy, 'bindings'));
    if (type.endsWith('/ServiceAccount')) this.#accountAsset(name, data, bindings);
    else if (type.endsWith('/ServiceAccountKey'))
      writeKey(this.#sink, this.#project, this.#scope, { ...(isObject(data) ? data : {}), name });
    else {
      const resource = resourceName(name);
      this.#resource(resource, type, data);
      if (isObject(data) && shapeOf({ ...data, name: 'x' }) === 'workload')
        this.#workload({ ...data, name: resource });
      const project = /^projects\/([^/]+)$/.exec(resource)?.[1] ?? null;
      for (const binding of bindings) this.#binding(binding, resource, project);
    }
  }

  /** The policy of a service account says who may be it. */
  #accountAsset(name: string, data: unknown, bindings: readonly Record<string, unknown>[]): void {
    const email = id(field(data, 'email'), 'email') ?? name.slice(name.lastIndexOf('/') + 1);
    const account = serviceAccount(email);
    this.#account(account, isObject(data) ? data : {});
    for (const binding of bindings) {
      const role = requiredId(field(binding, 'role'), 'role');
      const how =
        IMPERSONATION_ROLES.get(role) ??
        (roleLevel(role) === 'admin' ? 'administer the service account' : undefined);
      for (const one of ids(field(binding, 'members'), 'member', 400)) {
        const from = member(one);
        if (from === null || how === undefined || from.key === account.key) continue;
        this.#sink.node({ ...from, standing: 'reference' });
        const conditional = isObject(field(binding, 'condition')) ? { conditional: true } : {};
        this.#sink.edge(
          { from: from.key, kind: 'assumes', to: account.key, qualifier: `${role}: ${how}`, ...conditional },
          this.#scope,
        );
      }
    }
  }

  #account(account: Mention, value: Record<string, unknown>): void {
    const project = text(field(value, 'projectId'), 200) ?? account.tenant ?? this.#project;
    const shown = text(field(value, 'displayName'), 200);
    const known: Mention = { ...account, ...located(project) };
    this.#accounts.set(account.key, known);
    this.#sink.node(
      {
        ...known,
        standing: 'inventory',
        props: {
          ...(shown === undefined ? {} : { displayName: shown }),
          ...(isTrue(field(value, 'disabled')) ? { disabled: true } : {}),
        },
      },
      this.#scope,
    );
    this.#sink.edge(
      { from: this.#resource(`projects/${project}`), kind: 'contains', to: account.key },
      this.#scope,
    );
  }

  #workload(value: Record<string, unknown>): void {
    const name = requiredId(field(value, 'name'), 'name', 700);
    const account = serviceAccount(requiredId(workloadAccount(value), 'service account'));
    const key = `gcp://${name}`;
    const project = /projects\/([^/]+)/.exec(name)?.[1] ?? this.#project;
    const labels = Object.fromEntries(readLabels(field(value, 'labels')));
    this.#sink.node(
      {
        key,
        kind: 'service',
        standing: 'inventory',
        name: name.slice(name.lastIndexOf('/') + 1),
        labels,
        ...located(project),
      },
      this.#scope,
    );
    this.#sink.node({ ...account, standing: 'reference' });
    this.#sink.edge({ from: key, kind: 'runs_as', to: account.key }, this.#scope);
  }

  #resource(name: string, type?: string, data?: unknown): string {
    const key = `gcp://${name}`;
    const project = /^projects\/([^/]+)/.exec(name)?.[1];
    const labels = readLabels(field(data, 'labels'));
    this.#sink.node({
      key,
      kind: 'resource',
      standing: type === undefined ? 'reference' : 'inventory',
      name: name.slice(name.lastIndexOf('/') + 1),
      type:
        type === undefined
          ? name.split('/').length === 2
            ? (name.split('/')[0] ?? '').replace(/s$/, '')
            : 'resource'
          : type.slice(type.lastIndexOf('/') + 1).toLowerCase(),
      ...(labels.size === 0 ? {} : { labels: Object.fromEntries(labels) }),
      ...located(project ?? null),
    });
    if (project !== undefined && name !== `projects/${project}`) {
      this.#sink.edge(
        { from: this.#resource(`projects/${project}`), kind: 'contains', to: key },
        this.#scope,
      );
    }
    return key;
  }

  /** A role on a project that covers impersonation reaches every service account of the project. */
  #escalate(): void {
    for (const { from, project, role, conditional } of this.#impersonations) {
      const how = PROJECT_IMPERSONATION_ROLES.get(role);
      if (how === undefined) continue;
      for (const account of this.#accounts.values()) {
        if (account.key === from.key || account.managed || account.tenant !== project) continue;
        this.#sink.node({ ...account, standing: 'reference' });
        const props = { technique: `gcp-${role}`, reference: IMPERSONATION_REFERENCE };
        this.#sink.edge(
          {
            from: from.key,
            kind: 'escalates',
            to: account.key,
            qualifier: how,
            ...(conditional ? { conditional } : {}),
            props,
          },
          this.#scope,
        );
      }
    }
  }
}
