import { apiKey, GATEWAY, gatewayKeyKey, pipelineKey, PRODUCTION, repositoryKey } from './accounts.ts';
import { accountsOf, serviceKey, type Service } from './services.ts';
import { TEAMS } from './teams.ts';
import { randomOf, type World } from './world.ts';

/** Keys, tokens and certificates that no cloud inventory lists: the key vault of the organisation does. */
export function addRegisterCredentials(world: World): void {
  for (const service of world.services) {
    addGatewayKey(world, service);
    addCertificate(world, service);
    addVendorKey(world, service);
    addWebhookSecret(world, service);
    addDeployKey(world, service);
  }
}

type Wish = {
  key: string;
  name: string;
  type: string;
  holder: string;
  proves: string;
  expiresInDays?: number;
};

function addCredential(world: World, wish: Wish): string {
  const random = randomOf(world, `credential/${wish.key}`);
  const age = random.whole(20, 800);
  const key = world.register.node({
    key: wish.key,
    kind: 'credential',
    name: wish.name,
    provider: 'key-vault',
    environment: 'production',
    type: wish.type,
    boundTo: 'workload',
    createdAt: world.calendar.time(wish.expiresInDays !== undefined && wish.expiresInDays <= 1 ? 1 : age),
    rotatedAt: world.calendar.time(
      wish.expiresInDays !== undefined && wish.expiresInDays <= 1 ? 1 : Math.min(age, random.whole(5, 400)),
    ),
    ...(wish.expiresInDays === undefined ? {} : { expiresAt: world.calendar.time(-wish.expiresInDays) }),
  });
  world.register.edge(wish.holder, 'holds', key, { qualifier: 'key vault' });
  world.register.edge(key, 'authenticates', wish.proves);
  return key;
}

export const gatewayKeyOf = (service: string): string => gatewayKeyKey(`gk-${service}`);

/** A service that calls others has one key of its own at the gateway, and one route per service that it may call. */
function addGatewayKey(world: World, service: Service): void {
  if (service.calls.length === 0) return;
  const holder = serviceKey(service.name);
  const credential = addCredential(world, {
    key: gatewayKeyOf(service.name),
    name: `Gateway key of ${service.name}`,
    type: 'api_key',
    holder,
    proves: holder,
  });
  for (const callee of service.calls) {
    addApi(world, callee);
    world.register.edge(holder, 'grants', apiKey(callee), { level: 'use', qualifier: `route ${callee}` });
    const random = randomOf(world, `call/${service.name}/${callee}`);
    if (random.chance(0.1)) continue;
    world.register.calls.push({
      actor: holder,
      credential,
      action: `gateway:${random.pick(['GET', 'POST', 'PUT'])}`,
      target: apiKey(callee),
      level: 'use',
      outcome: 'allowed',
      userAgent: `${service.name}/1.${service.name.length}`,
      perDay: random.whole(1, 3),
      exact: false,
      fromDaysAgo: 90,
      toDaysAgo: 1,
      addresses: [`10.20.${random.whole(0, 63)}.${random.whole(10, 250)}`],
    });
  }
}

export function addApi(world: World, service: string): string {
  return world.register.node({
    key: apiKey(service),
    kind: 'resource',
    type: 'api',
    name: `${service} interface`,
    provider: 'gateway',
    tenant: GATEWAY,
    environment: 'production',
  });
}

/** The mesh renews these every day, for every account that the service runs in. */
function addCertificate(world: World, service: Service): void {
  if (!accountsOf(service).includes(PRODUCTION)) return;
  const holder = serviceKey(service.name);
  addCredential(world, {
    key: `spiffe://meridian.example/${service.team}/${service.name}#svid`,
    name: `Mesh certificate of ${service.name}`,
    type: 'certificate',
    holder,
    proves: holder,
    expiresInDays: 1,
  });
}

function addVendorKey(world: World, service: Service): void {
  const random = randomOf(world, `vendor-key/${service.name}`);
  if (!random.chance(0.6)) return;
  const holder = serviceKey(service.name);
  addCredential(world, {
    key: `vault://meridian/keys/${service.name}-vendor`,
    name: `Vendor key of ${service.name}`,
    type: 'api_key',
    holder,
    proves: holder,
    ...(random.chance(0.3) ? { expiresInDays: random.whole(-40, 200) } : {}),
  });
}

function addWebhookSecret(world: World, service: Service): void {
  const random = randomOf(world, `webhook/${service.name}`);
  if (!random.chance(0.6)) return;
  const holder = serviceKey(service.name);
  addCredential(world, {
    key: `vault://meridian/webhooks/${service.name}`,
    name: `Webhook secret of ${service.name}`,
    type: 'signing_key',
    holder,
    proves: holder,
  });
}

function addDeployKey(world: World, service: Service): void {
  const team = TEAMS.find((one) => one.id === service.team);
  if (!team) return;
  const pipeline = pipelineKey(`${team.id}-services`);
  addCredential(world, {
    key: `${repositoryKey(`${team.id}-services`)}/deploy-keys/${service.name}`,
    name: `Deploy key for ${service.name}`,
    type: 'ssh_key',
    holder: pipeline,
    proves: pipeline,
  });
}
