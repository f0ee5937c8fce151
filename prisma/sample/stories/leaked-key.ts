import { awsAccessKeyKey } from '#lib/core/keys.ts';
import { PRODUCTION, repositoryKey } from '../accounts.ts';
import { userArn, type AccessKey } from '../iam-model.ts';
import { accessKey, addUser, stateAccessKeys } from '../machine-users.ts';
import { addRepository } from '../register.ts';
import { serviceKey } from '../services.ts';
import { storeStatements } from '../store-access.ts';
import { storeArn } from '../stores.ts';
import { store, user as userNamed, type Story, type World } from '../world.ts';

/** The access key id of AWS's own documentation; it opens nothing. */
const DOCUMENTATION_KEY = ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('');

/** Story 5: a key stands in a public repository, and somebody unknown has begun to try it. */
export function plantLeakedKey(world: World): Story {
  const uploads = store(world, 'driver-uploads');
  const proofs = store(world, 'delivery-proofs');
  const user = addUser(world, PRODUCTION, 'app-driver-uploads', 'routing');
  user.inline = [
    {
      name: 'uploads',
      statements: [
        ...storeStatements(uploads, PRODUCTION, true),
        ...storeStatements(proofs, PRODUCTION, false),
      ],
    },
  ];
  const [leaked] = user.keys;
  if (!leaked) throw new RangeError('A machine user has a key.');
  if (world.later) {
    leaked.state = 'deleted';
    user.keys.push({ ...accessKey(world, 'app-driver-uploads/2'), rotatedDaysAgo: 0 });
  }
  stateAccessKeys(world, user, [serviceKey('driver-app-api')]);
  const credential = awsAccessKeyKey(leaked.id);
  addRepository(world, 'driver-app', 'routing', 'public');
  const file = 'android/app/src/main/assets/upload.json';
  if (!world.later)
    world.register.edge(repositoryKey('driver-app'), 'exposes', credential, {
      qualifier: `${file}:14`,
      props: { rule: 'aws-access-token', file, line: 14, foundOn: world.calendar.day(21) },
    });
  addTraffic(world, leaked);
  return {
    id: 'leaked-key',
    title: 'A leaked key',
    keys: new Map<string, string | string[]>([
      ['credential', credential],
      ['user', userArn(user)],
      ['exposedBy', repositoryKey('driver-app')],
      ['strangerAddress', '203.0.113.77'],
      ['reaches', [uploads, proofs].map((one) => storeArn(one, PRODUCTION))],
    ]),
    decoys: addDecoys(world),
  };
}

function addTraffic(world: World, key: AccessKey): void {
  const user = userNamed(world, 'app-driver-uploads');
  const uploads = store(world, 'driver-uploads');
  key.lastUsed = { daysAgo: 1, service: 's3' };
  const base = { account: PRODUCTION, origin: { kind: 'key', user, keyId: key.id } as const, exact: true };
  world.traffic.push(
    {
      ...base,
      operations: [
        { action: 's3:PutObject', store: uploads },
        { action: 's3:GetObject', store: uploads },
      ],
      perDay: 25,
      fromDaysAgo: 90,
      toDaysAgo: 1,
      addresses: ['10.20.33.9', '10.20.33.10'],
      userAgents: ['driver-app-api/2.14 aws-sdk-go-v2/1.30.3'],
    },
    {
      ...base,
      operations: [
        { action: 'sts:GetCallerIdentity' },
        { action: 's3:ListBuckets', denied: true },
        { action: 'iam:ListUsers', denied: true },
        { action: 's3:GetObject', store: uploads },
      ],
      perDay: 4,
      fromDaysAgo: 19,
      toDaysAgo: 2,
      addresses: ['203.0.113.77'],
      userAgents: ['aws-cli/1.29.4 Python/3.11.2 Linux/6.1.0-kali9-amd64'],
    },
  );
}

function addDecoys(world: World): Story['decoys'] {
  const example = world.register.node({
    key: awsAccessKeyKey(DOCUMENTATION_KEY),
    kind: 'credential',
    name: 'Key of the AWS documentation',
    provider: 'aws',
    type: 'access_key',
    props: { state: 'documentation example' },
  });
  addRepository(world, 'handbook', 'platform', 'public');
  world.register.edge(repositoryKey('handbook'), 'exposes', example, { qualifier: 'docs/aws.md:40' });
  const owner = addUser(world, PRODUCTION, 'app-edi-archive', 'partners');
  const [old] = owner.keys;
  if (!old) throw new RangeError('A machine user has a key.');
  old.state = 'inactive';
  stateAccessKeys(world, owner, []);
  addRepository(world, 'edi-samples', 'partners');
  world.register.edge(repositoryKey('edi-samples'), 'exposes', awsAccessKeyKey(old.id), {
    qualifier: 'test/settings.ini:3',
  });
  return [
    {
      key: example,
      why: 'The example key of the AWS documentation: it belongs to nobody and opens nothing.',
    },
    { key: awsAccessKeyKey(old.id), why: 'Exposed as well, but switched off before it was found.' },
  ];
}
