import type { z } from 'zod';
import { LOCAL_ISSUER } from '#lib/auth/sign-in-local.ts';
import { db } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import { filterOf, listQuery } from '#lib/core/list-query.ts';
import { roleName, type UserView } from './schema.ts';

export const usersQuery = listQuery({
  sorts: ['name', 'email', 'role', 'lastSignInAt', 'createdAt'],
  filters: { role: filterOf(roleName.options), state: filterOf(['active', 'invited', 'disabled']) },
});

const WITH_TEAMS = { memberships: { include: { team: true }, orderBy: { team: { name: 'asc' } } } } as const;
type StoredUser = Prisma.UserGetPayload<{ include: typeof WITH_TEAMS }>;

/** People who can sign in, a page at a time. */
export async function listUsers(
  query: z.output<typeof usersQuery>,
): Promise<{ rows: UserView[]; total: number }> {
  const { page, size, sort, q, role, state } = query;
  const text = { contains: q, mode: 'insensitive' } as const;
  const where: Prisma.UserWhereInput = {
    ...(q === '' ? {} : { OR: [{ name: text }, { email: text }] }),
    ...(role.length === 0 ? {} : { role: { in: role } }),
    ...(state.length === 0 ? {} : { AND: { OR: state.map((each) => STATES[each]) } }),
  };
  const direction = sort.isDescending ? 'desc' : 'asc';
  const order =
    sort.column === 'lastSignInAt'
      ? { lastSignInAt: { sort: direction, nulls: 'last' } as const }
      : { [sort.column]: direction };
  const [found, total] = await Promise.all([
    db().user.findMany({
      where,
      include: WITH_TEAMS,
      orderBy: [order, { id: 'asc' }],
      skip: (page - 1) * size,
      take: size,
    }),
    db().user.count({ where }),
  ]);
  return { rows: found.map(viewOf), total };
}

const STATES: Record<UserView['state'], Prisma.UserWhereInput> = {
  disabled: { disabledAt: { not: null } },
  invited: { disabledAt: null, issuer: LOCAL_ISSUER, passwordHash: null },
  active: { disabledAt: null, NOT: { issuer: LOCAL_ISSUER, passwordHash: null } },
};

function viewOf(user: StoredUser): UserView {
  const { id, name, email, role, issuer } = user;
  const isInvited = issuer === LOCAL_ISSUER && user.passwordHash === null;
  return {
    id,
    name,
    email,
    role,
    issuer,
    state: user.disabledAt !== null ? 'disabled' : isInvited ? 'invited' : 'active',
    teams: user.memberships.map(({ team, lead }) => ({ id: team.id, name: team.name, lead })),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}
