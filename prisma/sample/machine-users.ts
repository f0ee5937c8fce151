import { awsAccessKeyKey } from '#lib/core/keys.ts';
import { awsManagedPolicy, iamArn, PRODUCTION, SHARED, STAGING, type Account } from './accounts.ts';
import { userArn, type AccessKey, type User } from './iam-model.ts';
import { ownerMark, ownerTags } from './ownership-tags.ts';
import { serviceKey, type Service } from './services.ts';
import { storeStatements, usedActions } from './store-access.ts';
import { storeNode } from './stores.ts';
import { lead } from './teams.ts';
import { randomOf, store, type World } from './world.ts';

/** Users from before roles: their services still sign with long-lived keys. */
const MACHINE_USERS: readonly [Account, number][] = [
  [PRODUCTION, 24],
  [STAGING, 18],
  [SHARED, 14],
];
const PEOPLES_USERS = ['payments', 'platform', 'insight'] as const;

export function addUsers(world: World): void {
  addGroups(world);
  for (const [account, count] of MACHINE_USERS) {
    const random = randomOf(world, `users/${account.id}`);
    for (const service of random.sample(
      world.services.filter((one) => one.name !== 'freight-index'),
      count,
    ))
      if (!RESERVED.has(service.name)) addMachineUser(world, account, service);
  }
  for (const team of PEOPLES_USERS) addPersonsUser(world, team);
}

/** Services whose users the stories make themselves. */
const RESERVED: ReadonlySet<string> = new Set(['settlement-export', 'driver-app-api', 'warehouse-reporter']);

function addGroups(world: World): void {
  for (const account of [PRODUCTION, STAGING, SHARED]) {
    const random = randomOf(world, `groups/${account.id}`);
    world.groups.push(
      {
        account,
        name: 'machines',
        id: random.awsId('AGPA'),
        attached: [iamArn(account, 'policy/service-baseline')],
      },
      {
        account,
        name: 'people',
        id: random.awsId('AGPA'),
        attached: [awsManagedPolicy('ReadOnlyAccess'), iamArn(account, 'policy/require-mfa')],
      },
    );
  }
}

function addMachineUser(world: World, account: Account, service: Service): void {
  const random = randomOf(world, `user/${account.id}/${service.name}`);
  const stores = service.uses.map((use) => ({ store: store(world, use.store), writes: use.writes }));
  const user = addUser(
    world,
    account,
    `${account === SHARED ? 'tool' : 'app'}-${service.name}`,
    service.team,
  );
  user.inline = [
    { name: 'stores', statements: stores.flatMap((use) => storeStatements(use.store, account, use.writes)) },
  ];
  if (random.chance(0.3)) user.keys.push(accessKey(world, `${user.name}/2/${account.id}`, 'inactive'));
  const key = user.keys[0];
  const operations = stores.flatMap((use) =>
    usedActions(use.store, use.writes).map((action) => ({ action, store: use.store })),
  );
  stateAccessKeys(world, user, [serviceKey(service.name)]);
  if (account === SHARED) for (const use of stores) world.register.node(storeNode(use.store, account));
  if (!key || operations.length === 0 || random.chance(0.25)) return;
  addUserTraffic(world, user, key, operations, random.whole(3, 12));
}

function addUserTraffic(
  world: World,
  user: User,
  key: AccessKey,
  operations: { action: string }[],
  perDay: number,
): void {
  const random = randomOf(world, `user-traffic/${user.account.id}/${user.name}`);
  const toDaysAgo = random.pick([1, 1, 1, 1, 12, 35]);
  const [first] = operations;
  key.lastUsed = { daysAgo: toDaysAgo, service: first?.action.split(':')[0] ?? 'sts' };
  world.traffic.push({
    account: user.account,
    origin: { kind: 'key', user, keyId: key.id },
    operations,
    perDay,
    exact: false,
    fromDaysAgo: 90,
    toDaysAgo,
    addresses: [
      `10.2${user.account === PRODUCTION ? 0 : 6}.${random.whole(64, 90)}.${random.whole(10, 250)}`,
    ],
    userAgents: ['Boto3/1.26.0 Python/3.9.16 Linux/5.4.247 Botocore/1.29.0'],
  });
}

export function addUser(world: World, account: Account, name: string, team: string): User {
  const random = randomOf(world, `user/${account.id}/${name}`);
  const user: User = {
    account,
    name,
    id: random.awsId('AIDA'),
    path: '/machines/',
    groups: ['machines'],
    inline: [],
    attached: [],
    boundary: null,
    tags: new Map([...ownerTags(ownerMark(random), team, random), ['environment', account.environment]]),
    createdDaysAgo: random.whole(400, 2000),
    keys: [accessKey(world, `${name}/1/${account.id}`)],
    console: null,
  };
  world.users.push(user);
  return user;
}

export function accessKey(world: World, label: string, state: AccessKey['state'] = 'active'): AccessKey {
  const random = randomOf(world, `access-key/${label}`);
  return { id: random.awsId('AKIA'), state, rotatedDaysAgo: random.whole(20, 900), lastUsed: null };
}

/** The vault of machine keys knows the id of every active key and which workload has it. */
export function stateAccessKeys(world: World, user: User, holders: readonly string[]): void {
  const { register, calendar } = world;
  user.keys.forEach((key, index) => {
    if (key.state === 'deleted') return;
    const credential = awsAccessKeyKey(key.id);
    register.aliases.push({ alias: `${userArn(user)}#key${index + 1}`, key: credential });
    register.node({
      key: credential,
      kind: 'credential',
      name: `${user.name} access key ${index + 1}`,
      provider: 'aws',
      tenant: user.account.id,
      environment: user.account.environment,
      type: 'access_key',
      createdAt: calendar.time(key.rotatedDaysAgo),
      rotatedAt: calendar.time(key.rotatedDaysAgo),
      boundTo: 'workload',
      ...(key.state === 'active' ? {} : { props: { state: key.state } }),
    });
    if (key.state !== 'active') return;
    register.node({
      key: userArn(user),
      kind: 'service_account',
      name: user.name,
      provider: 'aws',
      tenant: user.account.id,
      environment: user.account.environment,
    });
    register.edge(credential, 'authenticates', userArn(user));
    for (const holder of holders) register.edge(holder, 'holds', credential, { qualifier: 'key vault' });
  });
}

/** A few people still sign in with a user of their own. */
function addPersonsUser(world: World, team: string): void {
  const person = lead(team);
  const random = randomOf(world, `person-user/${person.id}`);
  world.users.push({
    account: PRODUCTION,
    name: person.id,
    id: random.awsId('AIDA'),
    path: '/people/',
    groups: ['people'],
    inline: [],
    attached: [],
    boundary: null,
    tags: new Map([['owner', person.mail]]),
    createdDaysAgo: random.whole(700, 1800),
    keys: [],
    console: { lastUsedDaysAgo: random.whole(2, 200), mfa: random.chance(0.7) },
  });
}
