import type { JsonObject } from '#lib/core/json.ts';
import { ACCOUNTS, PRODUCTION, REGION, regionalArn, STAGING, type Account } from './accounts.ts';
import { apiRequest } from './api-request.ts';
import {
  apiRecord,
  copyFor,
  issuingRecord,
  serviceEvent,
  type Caller,
  type Failure,
  type TrailRecord,
} from './cloudtrail-record.ts';
import { roleArn, userArn } from './iam-model.ts';
import type { Output } from './output.ts';
import type { Random } from './random.ts';
import { keyIdentity, openSession, requester, type Session } from './session.ts';
import { CLOUDTRAIL_EVENTS, countOn, LOG_DAYS, scaleOf } from './volume.ts';
import { randomOf, type Operation, type Traffic, type World } from './world.ts';

const ADMINISTRATION_HOURS = { from: 18_000, to: 72_000 } as const;
const SECONDS_PER_DAY = 86_400;
/** Production is busy enough for three files a day; AWS itself delivers more and smaller ones. */
const FILES_PER_DAY = (account: Account): number => (account === PRODUCTION ? 3 : 1);
const REFUSED = 0.004;
const THROTTLED = 0.003;

type Day = {
  readonly world: World;
  readonly ago: number;
  readonly random: Random;
  readonly records: Map<Account, TrailRecord[]>;
  /** The day's last session per role ARN, which a chain of roles starts from. */
  readonly sessions: Map<string, Session>;
};

/** Writes 90 days of logs, a day at a time, and returns how many records they hold. */
export async function writeCloudTrail(world: World, output: Output): Promise<number> {
  const scale = scaleOf(world.traffic, world.calendar, CLOUDTRAIL_EVENTS, 1.1);
  let count = 0;
  for (let ago = LOG_DAYS; ago >= 1; ago -= 1) {
    const day = recordsOfDay(world, ago, scale);
    for (const account of ACCOUNTS) {
      const records = day.records.get(account) ?? [];
      count += records.length;
      await writeDay(day, account, records, output);
    }
  }
  return count;
}

function recordsOfDay(world: World, ago: number, scale: number): Day {
  const random = randomOf(world, `cloudtrail/${world.calendar.day(ago)}`);
  const day: Day = {
    world,
    ago,
    random,
    records: new Map(ACCOUNTS.map((account) => [account, []])),
    sessions: new Map(),
  };
  for (const traffic of world.traffic) addTraffic(day, traffic, scale);
  for (const account of ACCOUNTS)
    push(day, account, serviceEvent(account, time(day, random.whole(0, 80_000)), random));
  addConsoleSignIns(day);
  return day;
}

const time = (day: Day, second: number): string => day.world.calendar.time(day.ago, second);
const push = (day: Day, account: Account, record: TrailRecord): void => {
  day.records.get(account)?.push(record);
};

function addTraffic(day: Day, traffic: Traffic, scale: number): void {
  const { random } = day;
  const count = countOn(traffic, day.world.calendar, day.ago, scale, random);
  const operations = traffic.operations.filter((operation) => isLogged(operation, traffic.account));
  if (count === 0 || operations.length === 0) return;
  const start = random.whole(ADMINISTRATION_HOURS.from, ADMINISTRATION_HOURS.to);
  const identity = identityOf(day, traffic, start);
  if (!identity) return;
  for (let index = 0; index < count; index += 1) {
    const second = Math.min(start + 5 + random.whole(0, 13_000), SECONDS_PER_DAY - 1);
    const caller: Caller = {
      identity,
      address: random.pick(traffic.addresses),
      userAgent: random.pick(traffic.userAgents),
    };
    addCall(day, traffic, caller, random.pick(operations), second);
  }
}

/** In staging the trail does not log reads of objects, so nobody can know whether they happen. */
const isLogged = (operation: Operation, account: Account): boolean =>
  !(account === STAGING && operation.action === 's3:GetObject');

/** Opens the day's session of a role and logs how; null where the role that it starts from did not work that day. */
function identityOf(day: Day, traffic: Traffic, start: number): JsonObject | null {
  const { role, origin } = traffic;
  if (origin.kind === 'key') return keyIdentity(origin.user, origin.keyId);
  if (!role) return null;
  const parent = origin.kind === 'chain' ? day.sessions.get(roleArn(origin.from)) : undefined;
  const identity = requester(role, origin, parent);
  if (!identity) return null;
  const at = time(day, start);
  const session = openSession(role, origin, at, day.random);
  day.sessions.set(roleArn(role), session);
  const host = origin.kind === 'aws_service' ? origin.host : null;
  const caller: Caller = {
    identity,
    address: host ?? day.random.pick(traffic.addresses),
    userAgent: host ?? day.random.pick(traffic.userAgents),
  };
  const home = origin.kind === 'chain' ? origin.from.account : role.account;
  const record = issuingRecord(home, at, caller, session, origin, day.random);
  push(day, home, record);
  if (origin.kind === 'chain' && home !== role.account)
    push(day, role.account, copyFor(role.account, record, origin.from, day.random));
  return session.identity;
}

function addCall(day: Day, traffic: Traffic, caller: Caller, operation: Operation, second: number): void {
  const { random } = day;
  const request = apiRequest(operation, traffic.account, random);
  const failure = failureOf(operation, caller, random);
  push(day, traffic.account, apiRecord(traffic.account, time(day, second), caller, request, failure, random));
  if (operation.action === 'secretsmanager:GetSecretValue' && !failure)
    addForwardedDecrypt(day, traffic.account, caller, second);
}

/** Reading a secret makes the secret store decrypt it in the caller's name: same actor, another agent. */
function addForwardedDecrypt(day: Day, account: Account, caller: Caller, second: number): void {
  const host = 'secretsmanager.amazonaws.com';
  const key = regionalArn('kms', account, 'key/5c0b4e1a-7d3f-4a92-9a51-0e6f2b8c7d14');
  const request = {
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    requestParameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    resources: [{ accountId: account.id, type: 'AWS::KMS::Key', ARN: key }],
    readOnly: true,
    data: false,
  };
  const forwarded: Caller = {
    identity: { ...caller.identity, invokedBy: host },
    address: host,
    userAgent: host,
  };
  push(day, account, apiRecord(account, time(day, second), forwarded, request, null, day.random));
}

const arnOf = ({ identity }: Caller): string =>
  typeof identity['arn'] === 'string' ? identity['arn'] : 'unknown';

function failureOf(operation: Operation, caller: Caller, random: Random): Failure | null {
  const roll = random.unit();
  if (operation.denied || roll < REFUSED)
    return {
      errorCode: 'AccessDenied',
      errorMessage: `User: ${arnOf(caller)} is not authorized to perform: ${operation.action}`,
    };
  if (roll < REFUSED + THROTTLED) return { errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded' };
  return null;
}

/** The few people with a user of their own sign in on the console now and then. */
function addConsoleSignIns(day: Day): void {
  for (const user of day.world.users) {
    if (
      !user.console ||
      day.ago < user.console.lastUsedDaysAgo ||
      (day.ago - user.console.lastUsedDaysAgo) % 7 !== 0
    )
      continue;
    const identity: JsonObject = {
      type: 'IAMUser',
      principalId: user.id,
      arn: userArn(user),
      accountId: user.account.id,
      userName: user.name,
    };
    const caller = { identity, address: '198.51.100.31', userAgent: 'Mozilla/5.0' };
    const request = {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      requestParameters: null,
      resources: null,
      readOnly: false,
      data: false,
    };
    const record = apiRecord(user.account, time(day, 30_600), caller, request, null, day.random);
    push(day, user.account, {
      ...record,
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: user.console.mfa ? 'Yes' : 'No' },
      eventType: 'AwsConsoleSignIn',
    });
  }
}

/** Splits the day's records over its files by time. */
async function writeDay(day: Day, account: Account, records: TrailRecord[], output: Output): Promise<void> {
  const files = FILES_PER_DAY(account);
  const hours = 24 / files;
  for (let index = 0; index < files; index += 1) {
    const from = time(day, index * hours * 3600);
    const to = day.world.calendar.time(day.ago, (index + 1) * hours * 3600);
    const part = records.filter(({ eventTime }) => eventTime >= from && eventTime < to);
    if (part.length === 0) continue;
    part.sort((a, b) => Number(a.eventTime > b.eventTime) - Number(a.eventTime < b.eventTime));
    await output.gzipped(pathOf(day, account, (index + 1) * hours), JSON.stringify({ Records: part }));
  }
}

function pathOf(day: Day, account: Account, hour: number): string {
  const date = day.world.calendar.day(day.ago);
  const stamp = `${date.replace(/-/g, '')}T${String(hour === 24 ? 2355 : hour * 100).padStart(4, '0')}Z`;
  const file = `${account.id}_CloudTrail_${REGION}_${stamp}_${day.random.letters(16)}.json.gz`;
  return `aws/cloudtrail/${account.id}/${date.replace(/-/g, '/')}/${file}`;
}
