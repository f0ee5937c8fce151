import type { Permission } from '#lib/authz/permissions.ts';

const gates = new WeakMap<object, Permission | 'public'>();

/** Marks a handler or page as made by `route` or `page`, so that a test finds any that goes around them. */
export function markGated<F extends object>(made: F, permission: Permission | 'public') {
  gates.set(made, permission);
  return Object.assign(made, { permission });
}

/** The permission that the gate of this handler or page asks for; undefined: it has no gate. */
export const gateOf = (made: unknown): Permission | 'public' | undefined =>
  typeof made === 'function' ? gates.get(made) : undefined;
