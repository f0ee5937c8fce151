import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { SeededRandom } from '#lib/graph/seeded-random.ts';

const ACCOUNTS = 20;
const ROLES = 400;
const USERS = 60;
/** Things of each sort that one identity works with: a log says the same few things very often. */
const RESOURCES = 6;
const START = Date.UTC(2026, 5, 1);
/** Spread of the events: two months, so that more than one partition is written. */
const SPAN_MS = 60 * 86_400_000;
const CHUNK_CHARACTERS = 1 << 18;

type Call = {
  service: string;
  name: string;
  readOnly: boolean;
  parameters: (own: number, random: SeededRandom) => object;
};

const bucket = (own: number, random: SeededRandom) => ({
  bucketName: `bucket-${own}`,
  key: `exports/2026/${random.below(1e6)}.parquet`,
});
const table = (own: number) => ({ tableName: `table-${own}` });

const CALLS: readonly Call[] = [
  { service: 's3', name: 'GetObject', readOnly: true, parameters: bucket },
  { service: 's3', name: 'GetObject', readOnly: true, parameters: bucket },
  { service: 's3', name: 'PutObject', readOnly: false, parameters: bucket },
  { service: 'dynamodb', name: 'GetItem', readOnly: true, parameters: table },
  { service: 'dynamodb', name: 'PutItem', readOnly: false, parameters: table },
  {
    service: 'kms',
    name: 'Decrypt',
    readOnly: true,
    parameters: () => ({ encryptionAlgorithm: 'SYMMETRIC_DEFAULT' }),
  },
  {
    service: 'secretsmanager',
    name: 'GetSecretValue',
    readOnly: true,
    parameters: (own) => ({ secretId: `secret-${own}` }),
  },
  {
    service: 'ec2',
    name: 'DescribeInstances',
    readOnly: true,
    parameters: () => ({ instancesSet: {}, filterSet: {} }),
  },
  {
    service: 'logs',
    name: 'PutLogEvents',
    readOnly: false,
    parameters: (own) => ({ logGroupName: `group-${own}` }),
  },
];

/** Records as CloudTrail writes them, about 1.5 kB each, the same for the same seed. */
export function* cloudtrailEvents(count: number, seed: number): Generator<string> {
  const random = new SeededRandom(seed);
  for (let index = 0; index < count; index++) yield JSON.stringify(cloudtrailEvent(index, count, random));
}

function cloudtrailEvent(index: number, count: number, random: SeededRandom): object {
  const isUser = random.chance(0.1);
  const who = random.below(isUser ? USERS : ROLES);
  const account = String(210000000000 + (who % ACCOUNTS));
  const own = (isUser ? ROLES + who : who) + random.below(RESOURCES);
  const call = random.pick(CALLS);
  const time = new Date(START + Math.floor((index / count) * SPAN_MS)).toISOString().slice(0, 19) + 'Z';
  const denied = random.chance(0.02);
  return {
    eventVersion: '1.09',
    userIdentity: isUser ? userOf(account, who) : sessionOf(account, who, time, random),
    eventTime: time,
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.name,
    awsRegion: random.pick(['eu-west-1', 'eu-central-1', 'us-east-1']),
    sourceIPAddress: `10.${random.below(16)}.${random.below(256)}.${random.below(256)}`,
    userAgent:
      '[aws-sdk-java/2.25.11 Linux/6.1 OpenJDK_64-Bit_Server_VM/21.0.2 vendor/Example cfg/retry-mode/standard]',
    ...(denied
      ? { errorCode: 'AccessDenied', errorMessage: 'User is not authorized to perform this call' }
      : {}),
    requestParameters: call.parameters(own, random),
    responseElements: null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: 0,
      bytesTransferredOut: random.below(1e6),
      AuthenticationMethod: 'AuthHeader',
    },
    requestID: hex(random, 16),
    eventID: uuid(index, random),
    readOnly: call.readOnly,
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: account,
    eventCategory: 'Data',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${call.service}.eu-west-1.amazonaws.com`,
    },
  };
}

function sessionOf(account: string, role: number, time: string, random: SeededRandom): object {
  const name = `session-${random.below(5000)}`;
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE${role}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/role-${role}/${name}`,
    accountId: account,
    accessKeyId: `ASIA${hex(random, 8).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROAEXAMPLE${role}`,
        arn: `arn:aws:iam::${account}:role/role-${role}`,
        accountId: account,
        userName: `role-${role}`,
      },
      webIdFederationData: {},
      attributes: { creationDate: time, mfaAuthenticated: 'false' },
    },
  };
}

function userOf(account: string, user: number): object {
  return {
    type: 'IAMUser',
    principalId: `AIDAEXAMPLE${user}`,
    arn: `arn:aws:iam::${account}:user/user-${user}`,
    accountId: account,
    accessKeyId: `AKIAEXAMPLE${account.slice(-2)}${user}`,
    userName: `user-${user}`,
  };
}

function hex(random: SeededRandom, digits: number): string {
  let text = '';
  while (text.length < digits) text += random.below(0x10000).toString(16).padStart(4, '0');
  return text.slice(0, digits);
}

const uuid = (index: number, random: SeededRandom): string =>
  `${index.toString(16).padStart(8, '0')}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;

/** Writes lines to a file, through gzip where its name says so. Returns the bytes before compression. */
export async function writeLines(file: string, lines: Iterable<string>): Promise<number> {
  const out = createWriteStream(file);
  const first = file.endsWith('.gz') ? createGzip() : out;
  if (first !== out) first.pipe(out);
  const done = finished(out);
  let [chunk, bytes] = ['', 0];
  const send = async (): Promise<void> => {
    const data = Buffer.from(chunk);
    chunk = '';
    bytes += data.length;
    if (!first.write(data)) await once(first, 'drain');
  };
  for (const line of lines) {
    chunk += line + '\n';
    if (chunk.length >= CHUNK_CHARACTERS) await send();
  }
  await send();
  first.end();
  await done;
  return bytes;
}
