import { awsAccessKeyKey } from '#lib/core/keys.ts';
import { PRODUCTION, STAGING } from '../accounts.ts';
import { userArn } from '../iam-model.ts';
import { addUser, stateAccessKeys } from '../machine-users.ts';
import { service, store, type Operation, type Story, type World } from '../world.ts';
import { serviceKey, workloadKey } from '../services.ts';
import { storeStatements } from '../store-access.ts';
import { storeArn } from '../stores.ts';

/** Story 4: somebody copied the production key of the settlement export into staging. */
export function plantProductionKeyInStaging(world: World): Story {
  const exporter = service(world, 'settlement-export');
  const reports = store(world, 'settlement-reports');
  const staged = world.register.node({
    key: workloadKey(exporter, STAGING),
    kind: 'service',
    name: 'settlement-export (staging)',
    provider: 'kubernetes',
    tenant: 'meridian-staging',
    environment: 'staging',
    standing: 'reference',
  });
  const user = addUser(world, PRODUCTION, 'app-settlement-export', 'payments');
  user.inline = [{ name: 'reports', statements: storeStatements(reports, PRODUCTION, true) }];
  stateAccessKeys(world, user, [serviceKey(exporter.name), staged]);
  const keyId = user.keys[0]?.id ?? '';
  if (user.keys[0]) user.keys[0].lastUsed = { daysAgo: 1, service: 's3' };
  const operations: Operation[] = [
    { action: 's3:PutObject', store: reports },
    { action: 's3:GetObject', store: reports },
  ];
  const traffic = {
    account: PRODUCTION,
    origin: { kind: 'key', user, keyId } as const,
    operations,
    exact: true,
    toDaysAgo: 1,
  };
  world.traffic.push(
    {
      ...traffic,
      perDay: 10,
      fromDaysAgo: 90,
      addresses: ['10.20.41.17'],
      userAgents: ['settlement-export/1.17 Boto3/1.34.131'],
    },
    {
      ...traffic,
      perDay: 3,
      fromDaysAgo: 47,
      addresses: ['10.60.12.88'],
      userAgents: ['settlement-export/1.18-rc2 Boto3/1.34.131'],
    },
  );
  world.register.calls.push({
    actor: staged,
    credential: awsAccessKeyKey(keyId),
    action: 's3:PutObject',
    target: storeArn(reports, PRODUCTION),
    level: 'write',
    outcome: 'allowed',
    userAgent: 'settlement-export/1.18-rc2',
    perDay: 1,
    exact: true,
    fromDaysAgo: 47,
    toDaysAgo: 1,
    addresses: ['10.60.12.88'],
  });
  const decoy = addSharedReader(world);
  return {
    id: 'production-key-in-staging',
    title: 'A production key used from staging',
    keys: new Map<string, string | string[]>([
      ['credential', awsAccessKeyKey(keyId)],
      ['user', userArn(user)],
      ['from', staged],
      ['rightfulHolder', serviceKey(exporter.name)],
      ['target', storeArn(reports, PRODUCTION)],
    ]),
    decoys: [
      {
        key: decoy,
        why: 'A key of staging, made for use from both sides, that reads public map tiles only.',
      },
    ],
  };
}

function addSharedReader(world: World): string {
  const tiles = store(world, 'map-tiles');
  const user = addUser(world, STAGING, 'app-map-tiles-reader', 'routing');
  user.tags.set('owner', 'routing');
  user.inline = [{ name: 'tiles', statements: storeStatements(tiles, PRODUCTION, false) }];
  stateAccessKeys(world, user, [serviceKey('map-tiles'), workloadKey(service(world, 'map-tiles'), STAGING)]);
  world.register.node({
    key: workloadKey(service(world, 'map-tiles'), STAGING),
    kind: 'service',
    name: 'map-tiles (staging)',
    environment: 'staging',
    standing: 'reference',
  });
  return awsAccessKeyKey(user.keys[0]?.id ?? '');
}
