import { AppError } from '#lib/core/errors.ts';
import { PERMISSION_NAMES, ROLES, type Permission } from './permissions.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';

/** Rows that an actor may see: everything, or what these team and person nodes own. */
export type RowScope = { kind: 'all' } | { kind: 'owned'; ownerIds: readonly number[] };

/** Who acts. Made by lib/auth from a session or an API token, by the command line, or by a job; never from input. */
export type Actor = {
  kind: 'user' | 'token' | 'system' | 'anonymous';
  /** `usr_…`, `tok_…`, `cli`, `system`, `anonymous` */
  id: string;
  name: string;
  role: RoleName | 'machine' | 'system' | 'anonymous';
  permissions: ReadonlySet<Permission>;
  scope: RowScope;
  /** Sources an API token is limited to; null: all. */
  sourceIds: readonly string[] | null;
  /** When the person last proved who they are; null for tokens and the system. */
  authenticatedAt: Date | null;
  sessionId: string | null;
  /** Address of the client as far as it is believed, for the audit log. */
  address: string | null;
  requestId: string | null;
};

export function may(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.has(permission);
}

/** Throws forbidden unless the actor has the permission. */
export function assertMay(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) {
    throw new AppError(
      'forbidden',
      `Your role (${roleTitle(actor.role)}) does not allow this. It needs “${permission}”.`,
    );
  }
}

export function roleTitle(role: Actor['role']): string {
  if (role === 'machine') return 'API token';
  if (role === 'system') return 'System';
  if (role === 'anonymous') return 'Nobody signed in';
  return ROLES[role].title;
}

/** The actor behind the command line and the jobs: whoever can read the instance secret already holds everything. */
export function systemActor(id: 'cli' | 'system', name: string): Actor {
  return {
    kind: 'system',
    id,
    name,
    role: 'system',
    permissions: new Set(PERMISSION_NAMES),
    scope: { kind: 'all' },
    sourceIds: null,
    authenticatedAt: null,
    sessionId: null,
    address: null,
    requestId: null,
  };
}

/** Whoever has not signed in: may do nothing, and is named so in the audit log. */
export function anonymousActor(address: string | null, requestId: string | null): Actor {
  return {
    kind: 'anonymous',
    id: 'anonymous',
    name: 'Nobody signed in',
    role: 'anonymous',
    permissions: new Set(),
    scope: { kind: 'owned', ownerIds: [] },
    sourceIds: null,
    authenticatedAt: null,
    sessionId: null,
    address,
    requestId,
  };
}
