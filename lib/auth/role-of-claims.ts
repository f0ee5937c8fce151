import type { RoleName } from '#lib/db/generated/enums.ts';
import { isObject } from '#lib/core/json.ts';

/** The order in which roles win when a person's claims name several. */
const ROLE_ORDER: readonly RoleName[] = ['administrator', 'security', 'auditor', 'owner'];

/** Role and the claim value that gives it; `*` is given to everybody whom the provider knows. */
export type RoleRule = { role: RoleName; value: string };

/** Reads `administrator=it-admins,security=sec,owner=*`. Throws on an unknown role, as a typing error must not lock out or let in. */
export function parseRoleMap(text: string): RoleRule[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      const split = entry.indexOf('=');
      const role = ROLE_ORDER.find((name) => name === entry.slice(0, split).trim());
      const value = entry.slice(split + 1).trim();
      if (split < 1 || role === undefined || value === '') {
        throw new Error(
          `OIDC_ROLE_MAP: “${entry}” is not ROLE=VALUE with ROLE one of ${ROLE_ORDER.join(', ')}.`,
        );
      }
      return { role, value };
    });
}

/** The role that the claims give, or null: no access. */
export function roleOfClaims(claims: unknown, claim: string, rules: readonly RoleRule[]): RoleName | null {
  const values = new Set(claimTexts(claims, claim));
  const given = new Set(
    rules.filter((rule) => rule.value === '*' || values.has(rule.value)).map((rule) => rule.role),
  );
  return ROLE_ORDER.find((role) => given.has(role)) ?? null;
}

/** The texts under a claim: a string or an array of strings, at a name or at a dotted path such as `realm_access.roles`. */
export function claimTexts(claims: unknown, claim: string): string[] {
  if (claim === '' || !isObject(claims)) return [];
  const found = Object.hasOwn(claims, claim) ? claims[claim] : followPath(claims, claim.split('.'));
  const values: unknown[] = Array.isArray(found) ? found : [found];
  return values.filter((value) => typeof value === 'string');
}

function followPath(from: unknown, path: readonly string[]): unknown {
  let at = from;
  for (const part of path) at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  return at;
}
