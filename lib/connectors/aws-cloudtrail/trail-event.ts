import { isObject } from '#lib/core/json.ts';
import { RejectedRecord } from '../connector.ts';

/** The members that are read, as CloudTrail names them. The rest of a record is not looked at. */
const NAMES = [
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'eventType',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'readOnly',
  'resources',
  'recipientAccountId',
  'sharedEventID',
  'requestID',
  'userIdentity',
  'type',
  'principalId',
  'arn',
  'accountId',
  'accessKeyId',
  'userName',
  'identityProvider',
  'invokedBy',
  'sessionContext',
  'sessionIssuer',
  'sourceIdentity',
  'webIdFederationData',
  'federatedProvider',
  'onBehalfOf',
  'userId',
  'identityStoreArn',
  'ARN',
];
const CANONICAL = new Map(NAMES.map((name) => [name.toLowerCase(), name]));
/** Objects whose own members have known names too. */
const NESTED = new Set([
  'userIdentity',
  'sessionContext',
  'sessionIssuer',
  'webIdFederationData',
  'onBehalfOf',
]);

export type Trail = Record<string, unknown>;

/**
 * The event in a record: as it is, unwrapped from an EventBridge envelope, or with the names of an export that
 * lower-cased them put right.
 */
export function trailEvent(value: unknown): Trail {
  if (!isObject(value)) throw new RejectedRecord('A CloudTrail record is an object.');
  if (value['eventID'] !== undefined) return value;
  const detail = value['detail'];
  if (isObject(detail) && detail['eventID'] !== undefined) return detail;
  const named = withNames(value);
  if (named['eventID'] !== undefined) return named;
  if ('digestS3Object' in value || 'digestStartTime' in value)
    throw new RejectedRecord('This is a CloudTrail digest: it proves log files and holds no events.');
  throw new RejectedRecord('The record has no eventID.');
}

function withNames(value: Trail): Trail {
  const named: Trail = {};
  for (const [key, member] of Object.entries(value)) {
    const name = CANONICAL.get(key.toLowerCase());
    if (name !== undefined) named[name] = NESTED.has(name) && isObject(member) ? withNames(member) : member;
  }
  // `arn` and `ARN` are one name in lower case; identities use the former.
  if (named['arn'] === undefined && named['ARN'] !== undefined) named['arn'] = named['ARN'];
  return named;
}

/** A member that is text and not empty, without what Postgres cannot hold (NUL, half of a surrogate pair). */
export function text(object: Trail, name: string): string | undefined {
  const value = object[name];
  if (typeof value !== 'string' || value === '') return undefined;
  return value.isWellFormed() && !value.includes('\0')
    ? value
    : value.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** A member that is an object with something in it: `{}` stands where there is nothing to tell. */
export function part(object: Trail, name: string): Trail | undefined {
  const value = object[name];
  if (!isObject(value)) return undefined;
  for (const _ in value) return value;
  return undefined;
}
