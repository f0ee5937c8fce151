import type { Account } from './accounts.ts';
import { trustService, type InlinePolicy, type Role, type Statement } from './iam-model.ts';
import { ownerMark, ownerTags, type OwnerMark } from './ownership-tags.ts';
import { randomOf, type World } from './world.ts';

type RoleWish = {
  account: Account;
  name: string;
  team: string;
  path?: string;
  description?: string;
  trust?: Statement[];
  inline?: InlinePolicy[];
  attached?: string[];
  boundary?: string;
  instanceProfile?: boolean;
  owner?: OwnerMark;
  tags?: [string, string][];
};

/** Adds the role to the world, with an id, dates and ownership tags of its own. */
export function addRole(world: World, wish: RoleWish): Role {
  const random = randomOf(world, `role/${wish.account.id}/${wish.name}`);
  const mark = wish.owner ?? ownerMark(random);
  const role: Role = {
    account: wish.account,
    path: wish.path ?? '/',
    name: wish.name,
    id: random.awsId('AROA'),
    description: wish.description ?? '',
    trust: wish.trust ?? [trustService('ecs-tasks.amazonaws.com')],
    inline: wish.inline ?? [],
    attached: wish.attached ?? [],
    boundary: wish.boundary ?? null,
    tags: new Map([
      ...ownerTags(mark, wish.team, random),
      ['environment', wish.account.environment],
      ...(wish.tags ?? []),
    ]),
    createdDaysAgo: random.whole(130, 1400),
    lastUsedDaysAgo: random.chance(0.4) ? random.whole(100, 380) : null,
    instanceProfile: wish.instanceProfile ?? false,
  };
  world.roles.push(role);
  return role;
}
