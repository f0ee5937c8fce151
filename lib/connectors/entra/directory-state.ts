import type { FactSink } from '../connector.ts';
import type { Mention } from '../logged-use.ts';
import { field, id } from '../read-value.ts';
import { appIdentity, unresolved } from './directory.ts';

/** What the reader has learnt of one tenant so far, and what it can state only when all objects are read. */
export class Directory {
  readonly sink: FactSink;
  readonly tenant: string;
  readonly scope: string;
  /** Names of app roles and scopes by their ids. */
  readonly roleNames = new Map<string, string>();
  readonly #principals = new Map<string, Mention>();
  readonly #byAppId = new Map<string, Mention>();
  readonly #deferred: (() => void)[] = [];

  constructor(sink: FactSink, tenant: string) {
    this.sink = sink;
    this.tenant = tenant;
    this.scope = `entra:${tenant}`;
  }

  /** Keeps a statement for the end, when every principal and role name is known. */
  defer(write: () => void): void {
    this.#deferred.push(write);
  }

  writeDeferred(): void {
    for (const write of this.#deferred) write();
  }

  know(objectId: string, found: Mention): void {
    this.#principals.set(objectId.toLowerCase(), found);
    this.sink.node({ ...found, standing: 'inventory' }, this.scope);
  }

  knowApp(appId: string, found: Mention): void {
    this.#byAppId.set(appId.toLowerCase(), found);
  }

  learn(role: Record<string, unknown>): void {
    const roleId = id(field(role, 'id'), 'app role id');
    const name = id(field(role, 'value'), 'app role');
    if (roleId !== undefined && name !== undefined) this.roleNames.set(roleId.toLowerCase(), name);
  }

  /** The principal of an object id; one that the input does not hold is kept as unresolved. */
  resolve(objectId: string): Mention {
    return this.#principals.get(objectId.toLowerCase()) ?? unresolved(this.tenant, objectId);
  }

  /** The service principal of a client id, or the application's identity where the input has none. */
  identityOf(appId: string, name: string): Mention {
    const known = this.#byAppId.get(appId.toLowerCase());
    if (known !== undefined) return known;
    const identity = appIdentity(this.tenant, appId, name);
    this.sink.node({ ...identity, standing: 'reference' });
    return identity;
  }
}
