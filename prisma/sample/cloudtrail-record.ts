import type { JsonObject } from '#lib/core/json.ts';
import { REGION, type Account } from './accounts.ts';
import type { ApiRequest } from './api-request.ts';
import { roleArn, type Role } from './iam-model.ts';
import type { Random } from './random.ts';
import { sessionArn, subjectOf, type Session } from './session.ts';
import type { Origin } from './world.ts';

/** A record; the fields that are needed again are typed. */
export type TrailRecord = JsonObject & { eventTime: string };
export type Failure = { errorCode: string; errorMessage: string };
export type Caller = { identity: JsonObject; address: string; userAgent: string };

const ISSUING_ACTION: Readonly<Record<Origin['kind'], string>> = {
  web_identity: 'AssumeRoleWithWebIdentity',
  pipeline: 'AssumeRoleWithWebIdentity',
  person: 'AssumeRoleWithSAML',
  aws_service: 'AssumeRole',
  chain: 'AssumeRole',
  key: 'AssumeRole',
};

/** One record in the order of fields that AWS writes. */
export function apiRecord(
  account: Account,
  time: string,
  caller: Caller,
  request: ApiRequest,
  failure: Failure | null,
  random: Random,
): TrailRecord {
  return {
    eventVersion: '1.10',
    userIdentity: caller.identity,
    eventTime: time,
    eventSource: request.eventSource,
    eventName: request.eventName,
    awsRegion: REGION,
    sourceIPAddress: caller.address,
    userAgent: caller.userAgent,
    ...failure,
    requestParameters: request.requestParameters,
    responseElements: null,
    requestID: random.hex(8).toUpperCase(),
    eventID: random.uuid(),
    readOnly: request.readOnly,
    ...(request.resources ? { resources: request.resources } : {}),
    eventType: 'AwsApiCall',
    managementEvent: !request.data,
    recipientAccountId: account.id,
    eventCategory: request.data ? 'Data' : 'Management',
  };
}

/** The record by which a session's key came to be; `responseElements.credentials` is the link to its later use. */
export function issuingRecord(
  account: Account,
  time: string,
  caller: Caller,
  session: Session,
  origin: Origin,
  random: Random,
): TrailRecord {
  const request: ApiRequest = {
    eventSource: 'sts.amazonaws.com',
    eventName: ISSUING_ACTION[origin.kind],
    requestParameters: {
      roleArn: roleArn(session.role),
      roleSessionName: session.name,
      durationSeconds: 28_800,
    },
    resources: [{ accountId: session.role.account.id, type: 'AWS::IAM::Role', ARN: roleArn(session.role) }],
    readOnly: true,
    data: false,
  };
  const subject = subjectOf(origin);
  const record = apiRecord(account, time, caller, request, null, random);
  record['responseElements'] = {
    ...(subject === '' ? {} : { subjectFromWebIdentityToken: subject, audience: 'sts.amazonaws.com' }),
    credentials: {
      accessKeyId: session.keyId,
      // Real logs hold the session token too: a reader must drop it.
      sessionToken: `IQoJ${random.letters(28)}`,
      expiration: stsTime(new Date(Date.parse(time) + 28_800_000)),
    },
    assumedRoleUser: {
      assumedRoleId: `${session.role.id}:${session.name}`,
      arn: sessionArn(session.role, session.name),
    },
  };
  return record;
}

/** The other account's copy of a record about a role across accounts: it learns the caller's account only. */
export function copyFor(account: Account, record: TrailRecord, caller: Role, random: Random): TrailRecord {
  const sharedEventID = random.uuid();
  record['sharedEventID'] = sharedEventID;
  return {
    ...record,
    userIdentity: { type: 'AWSAccount', principalId: `${caller.id}:session`, accountId: caller.account.id },
    eventID: random.uuid(),
    sharedEventID,
    recipientAccountId: account.id,
  };
}

/** What a service of AWS did by itself: it has no caller. */
export function serviceEvent(account: Account, time: string, random: Random): TrailRecord {
  return {
    eventVersion: '1.10',
    userIdentity: { accountId: account.id, invokedBy: 'secretsmanager.amazonaws.com' },
    eventTime: time,
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'RotationStarted',
    awsRegion: REGION,
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    requestParameters: null,
    responseElements: null,
    eventID: random.uuid(),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: account.id,
    eventCategory: 'Management',
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** STS writes its expiration like `Nov 30, 2024, 8:43:17 PM`, in UTC and without saying so. */
function stsTime(date: Date): string {
  const hour = date.getUTCHours();
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${month} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
}
