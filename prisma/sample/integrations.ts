import { oauthClientKey } from '#lib/core/keys.ts';
import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import type { Sensitivity } from '#lib/ontology/node-kinds.ts';
import { apiKey, GATEWAY, IDENTITY_PROVIDER, oauthGrantKey, ORGANISATION, PRODUCTION } from './accounts.ts';
import { allow, roleArn, trust } from './iam-model.ts';
import { INTEGRATION_LIST, type IntegrationLine } from './integration-list.ts';
import { ownerMark } from './ownership-tags.ts';
import { addRole } from './role-builder.ts';
import { storeStatements } from './store-access.ts';
import { teamKey } from './teams.ts';
import { randomOf, store, type World } from './world.ts';

export const integrationKey = (name: string): string => oauthClientKey(IDENTITY_PROVIDER, name);
export const grantOf = (name: string, number = 1): string => oauthGrantKey(`${name}-${number}`);

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  read: 'read',
  export: 'read',
  write: 'write',
  admin: 'admin',
};
const RESTRICTED: ReadonlyMap<string, Sensitivity> = new Map([
  ['customers', 'restricted'],
  ['payments', 'restricted'],
  ['users', 'restricted'],
  ['invoices', 'confidential'],
  ['orders', 'confidential'],
]);

/** Vendors that also come in through a role, each with an external id. */
const VENDORS_WITH_ROLE: ReadonlyMap<string, [account: string, store: string]> = new Map([
  ['backupbarn', ['123456789012', 'invoice-documents']],
  ['codelantern', ['210987654321', 'release-artifacts']],
  ['gridreport', ['345678901234', 'warehouse-reports']],
  ['fleetpulse', ['456789012345', 'telemetry-archive']],
]);

export function addIntegrations(world: World): void {
  for (const line of INTEGRATION_LIST) addIntegration(world, line);
}

function addIntegration(world: World, line: IntegrationLine): void {
  const { integrations, calendar } = world;
  const random = randomOf(world, `integration/${line.name}`);
  const number = `C-${random.whole(1000, 9999)}`;
  const key = integrations.node({
    key: integrationKey(line.name),
    kind: 'integration',
    name: line.name,
    provider: 'oauth',
    tenant: IDENTITY_PROVIDER,
    environment: 'production',
    zone: `vendor:${line.name}`,
    purpose: line.purpose,
    createdAt: calendar.time(random.whole(300, 1100)),
    expiresAt: calendar.time(-line.contractDays),
    props: { contract: number, contractEnds: calendar.day(-line.contractDays), vendor: line.name },
  });
  const mark = ownerMark(random);
  if (mark !== 'none')
    integrations.claims.push({
      owner: teamKey(line.team),
      node: key,
      ...(mark === 'stated'
        ? {
            basis: 'register',
            evidence: `Contract ${number} is kept by the team ${line.team}`,
            confidence: 0.8,
          }
        : { basis: 'creator', evidence: 'Somebody of this team first consented to it', confidence: 0.3 }),
    });
  for (const scope of line.scopes) addScope(world, key, scope);
  addGrants(world, line, key);
  addClientSecret(world, line, key);
  addVendorRole(world, line, key);
}

function addScope(world: World, integration: string, scope: string): void {
  const [api = '', verb = ''] = scope.split('.');
  world.integrations.node({
    key: apiKey(api),
    kind: 'resource',
    type: 'api',
    name: `${api} interface`,
    provider: 'gateway',
    tenant: GATEWAY,
    environment: 'production',
    sensitivity: RESTRICTED.get(api) ?? 'internal',
  });
  world.integrations.edge(integration, 'grants', apiKey(api), {
    level: LEVELS[verb] ?? 'read',
    qualifier: `scope ${scope}`,
    props: { actions: [scope], scope },
  });
}

function addGrants(world: World, line: IntegrationLine, integration: string): void {
  const random = randomOf(world, `grants/${line.name}`);
  const count = line.contractDays < 0 ? 1 : random.whole(1, 3);
  for (let number = 1; number <= count; number += 1) {
    const grant = world.integrations.node({
      key: grantOf(line.name, number),
      kind: 'credential',
      name: `${line.name} grant ${number}`,
      provider: 'oauth',
      tenant: IDENTITY_PROVIDER,
      environment: 'production',
      zone: `vendor:${line.name}`,
      type: 'oauth_grant',
      boundTo: 'workload',
      createdAt: world.calendar.time(random.whole(120, 700)),
      lastUsedAt: world.calendar.time(random.whole(1, 6), 40_000),
      props: { client: line.name, scopes: [...line.scopes], family: line.name },
    });
    world.integrations.edge(integration, 'holds', grant);
    world.integrations.edge(grant, 'authenticates', integration);
  }
  const used = line.scopes.slice(0, line.scopes.length - line.unused);
  for (const scope of used) addScopeUse(world, line, integration, scope);
}

function addScopeUse(world: World, line: IntegrationLine, actor: string, scope: string): void {
  const [api = '', verb = ''] = scope.split('.');
  const random = randomOf(world, `scope-use/${line.name}/${scope}`);
  world.integrations.calls.push({
    actor,
    credential: grantOf(line.name),
    action: `gateway:${scope}`,
    target: apiKey(api),
    level: LEVELS[verb] ?? 'read',
    outcome: 'allowed',
    userAgent: `${line.name}-connector/3.1`,
    perDay: random.whole(1, 4),
    exact: false,
    fromDaysAgo: 90,
    toDaysAgo: 1,
    addresses: [`203.0.113.${random.whole(2, 60)}`],
  });
}

function addClientSecret(world: World, line: IntegrationLine, integration: string): void {
  const random = randomOf(world, `client-secret/${line.name}`);
  const secret = world.integrations.node({
    key: `oauth://${IDENTITY_PROVIDER}/secrets/${line.name}`,
    kind: 'credential',
    name: `${line.name} client secret`,
    provider: 'oauth',
    tenant: IDENTITY_PROVIDER,
    environment: 'production',
    zone: `vendor:${line.name}`,
    type: 'client_secret',
    boundTo: 'workload',
    createdAt: world.calendar.time(random.whole(30, 1000)),
    ...(random.chance(0.5) ? { expiresAt: world.calendar.time(-random.whole(10, 300)) } : {}),
  });
  world.integrations.edge(integration, 'holds', secret);
  world.integrations.edge(secret, 'authenticates', integration);
}

function addVendorRole(world: World, line: IntegrationLine, integration: string): void {
  const vendor = VENDORS_WITH_ROLE.get(line.name);
  if (!vendor) return;
  const [account, storeName] = vendor;
  const role = addRole(world, {
    account: PRODUCTION,
    name: `vendor-${line.name}`,
    team: line.team,
    trust: [
      trust(
        { AWS: `arn:aws:iam::${account}:root` },
        { StringEquals: { 'sts:ExternalId': `${ORGANISATION}-${line.name}` } },
      ),
    ],
    inline: [
      { name: 'read', statements: storeStatements(store(world, storeName), PRODUCTION, false) },
      { name: 'list', statements: [allow(['s3:ListAllMyBuckets'], '*')] },
    ],
  });
  world.integrations.node({
    key: roleArn(role),
    kind: 'role',
    name: role.name,
    provider: 'aws',
    tenant: PRODUCTION.id,
    standing: 'reference',
  });
  world.integrations.edge(integration, 'assumes', roleArn(role), {
    conditional: true,
    qualifier: 'external id',
  });
}
