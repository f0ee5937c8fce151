import { isObject } from '#lib/core/json.ts';
import { vaultKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import type { Outcome } from '../facts.ts';
import { derivedId, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, objects, text, texts } from '../read-value.ts';
import { isoTime } from '../time.ts';
import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';

/** Audit device output of HashiCorp Vault and OpenBao (docs/formats/vault.md). The cluster is `defaults.tenant`. */
export const vaultAudit: Connector = {
  name: 'vault-audit',
  title: 'HashiCorp Vault audit log',
  kind: 'events',
  syntax: ['json'],
  lists: [],
  recognise,
  open: (sink, context) => new VaultReader(sink, context),
};

function recognise(sample: Sample): number {
  const type = field(sample.first, 'type');
  const request = field(sample.first, 'request');
  const isEntry =
    (type === 'request' || type === 'response') &&
    isObject(request) &&
    field(request, 'operation') !== undefined;
  return isEntry ? 1 : 0;
}

/** Auth methods by which people, not workloads, sign in. */
const HUMAN_MOUNTS = new Set(['userpass', 'ldap', 'okta', 'radius', 'github', 'saml']);
const LEVELS = new Map<string, AccessLevel>([
  ['read', 'read'],
  ['list', 'read'],
  ['help', 'read'],
  ['header', 'read'],
]);

class VaultReader implements Reader {
  readonly #sink: FactSink;
  readonly #cluster: string;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#cluster = context.defaults.tenant ?? 'default';
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    const type = field(entry, 'type');
    const request = field(entry, 'request');
    if ((type !== 'request' && type !== 'response') || !isObject(request))
      throw new RejectedRecord('the record is not an audit entry');
    const time = isoTime(field(entry, 'time'));
    if (time === null) throw new RejectedRecord('the entry has no readable time');
    this.#window.see(`vault:${this.#cluster}`, time);
    // The response alone has the result; a request that got none did not take effect.
    if (type === 'request') return;
    this.#response(entry, request, time);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  #response(entry: unknown, request: Record<string, unknown>, time: string): void {
    const operation = text(field(request, 'operation'), 60) ?? 'unknown';
    const path = id(field(request, 'path'), 'path', 700) ?? 'unknown';
    const issued = at(entry, 'response', 'auth');
    const auth = isObject(issued) && isLogin(path) ? issued : field(entry, 'auth');
    const actor = this.#actor(auth, request);
    const own = plain(id(field(request, 'id'), 'request id'));
    const level = LEVELS.get(operation) ?? (path.startsWith('auth/token/') ? 'use' : 'write');
    writeUse(this.#sink, {
      id: own ?? derivedId(time, operation, path, actor.key),
      time,
      actor,
      action: `${operation} ${mountOf(request, path)}`.slice(0, 200),
      outcome: outcomeOf(entry),
      target: this.#target(request, path),
      level,
      session: plain(
        text(field(field(entry, 'auth'), 'accessor') ?? field(request, 'client_token_accessor'), 300),
      ),
      issued: plain(text(field(issued, 'accessor') ?? at(entry, 'response', 'secret', 'lease_id'), 300)),
      address: text(field(request, 'remote_address'), 100),
      trace: own,
    });
    this.#authority(entry, auth, actor, request, path, level);
  }

  /** An entity lives on over its tokens; without one the name that the auth method gave; else an unauthenticated caller. */
  #actor(auth: unknown, request: Record<string, unknown>): Mention {
    const entity = plain(id(field(auth, 'entity_id') ?? field(request, 'client_id'), 'entity_id'));
    const name = text(field(auth, 'display_name'), 200);
    const mount = text(field(request, 'mount_type'), 60) ?? '';
    const policies = texts(field(auth, 'policies'), 200);
    const kind =
      HUMAN_MOUNTS.has(mount) || HUMAN_MOUNTS.has((name ?? '').split('-')[0] ?? '')
        ? 'person'
        : 'service_account';
    const common = {
      kind,
      provider: 'vault',
      tenant: this.#cluster,
      zone: `vault:${this.#cluster}`,
    } as const;
    if (entity !== undefined)
      return {
        ...common,
        key: vaultKey(this.#cluster, 'entities', entity),
        type: 'entity',
        name: name ?? entity,
      };
    if (policies.includes('root'))
      return {
        ...common,
        kind: 'role',
        key: vaultKey(this.#cluster, 'tokens', 'root'),
        type: 'root_token',
        name: 'root token',
      };
    const shown = plain(name);
    if (shown !== undefined)
      return { ...common, key: vaultKey(this.#cluster, 'names', shown), type: 'display_name', name: shown };
    return {
      ...common,
      key: vaultKey(this.#cluster, 'names', 'unauthenticated'),
      type: 'unauthenticated',
      name: 'unauthenticated caller',
    };
  }

  #target(request: unknown, path: string): Mention {
    const mount = text(field(request, 'mount_type'), 60) ?? '';
    const isSecret = /^(?:kv|generic|cubbyhole|ssh|pki|aws|database|transit|azure|gcp|totp)$/.test(mount);
    return {
      key: vaultKey(this.#cluster, 'paths', path),
      kind: 'resource',
      provider: 'vault',
      tenant: this.#cluster,
      zone: `vault:${this.#cluster}`,
      type: isSecret ? 'secret' : 'path',
      name: path,
      ...(isSecret ? { sensitivity: 'restricted' as const } : {}),
    };
  }

  /** Policies of the token, and those that Vault names as granting this very request. */
  #authority(
    entry: unknown,
    auth: unknown,
    actor: Mention,
    request: unknown,
    path: string,
    level: AccessLevel,
  ): void {
    const role = text(at(auth, 'metadata', 'role'), 200);
    for (const policy of texts(field(auth, 'policies'), 200).slice(0, 100)) {
      const key = this.#policy(policy);
      this.#sink.edge({
        from: actor.key,
        kind: 'attached',
        to: key,
        qualifier: role === undefined ? 'token policy' : `role ${role}`.slice(0, 300),
      });
    }
    for (const granting of objects(at(entry, 'auth', 'policy_results', 'granting_policies')).slice(0, 100)) {
      const name = text(field(granting, 'name'), 200);
      if (name === undefined) continue;
      const target = this.#target(request, path);
      const props = { evidence: 'granting_policies of the audit log' };
      this.#sink.edge({
        from: this.#policy(name),
        kind: 'grants',
        to: target.key,
        level,
        qualifier: level,
        props,
      });
    }
  }

  #policy(name: string): string {
    const key = vaultKey(this.#cluster, 'policies', name);
    this.#sink.node({
      key,
      kind: 'policy',
      standing: 'log',
      provider: 'vault',
      tenant: this.#cluster,
      zone: `vault:${this.#cluster}`,
      type: 'acl_policy',
      name,
    });
    return key;
  }
}

/** A value that its author masked (`****`) identifies nothing, and must not become one thing that all share. */
function plain(value: string | undefined): string | undefined {
  return value === undefined || /^[*.x-]+$/i.test(value) || value.includes('***') ? undefined : value;
}

const isLogin = (path: string): boolean =>
  /^auth\/.*\/?login(?:\/|$)/.test(path) || path.endsWith('/oidc/callback');

/** The mount and, for tokens, what is done with them; a secret's own path is the target. */
function mountOf(request: unknown, path: string): string {
  const mount = text(field(request, 'mount_point'), 100) ?? '';
  return mount === 'auth/token/' || isLogin(path) ? path : mount === '' ? path : mount;
}

function outcomeOf(entry: unknown): Outcome {
  const error = text(field(entry, 'error'), 300) ?? '';
  if (/permission denied|invalid token|missing client token/i.test(error)) return 'denied';
  if (at(entry, 'auth', 'policy_results', 'allowed') === false) return 'denied';
  return error === '' ? 'allowed' : 'failed';
}
