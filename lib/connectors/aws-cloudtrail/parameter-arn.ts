import { isObject } from '#lib/core/json.ts';
import type { Place } from './target.ts';
import { part, text, type Trail } from './trail-event.ts';

type Naming = (parameters: Trail, place: Place, event: Trail) => string | undefined;

/** `name` is an ARN already, or a name that makes one after a prefix. */
function named(
  name: string | undefined,
  place: Place,
  prefix: string,
  service = place.service,
): string | undefined {
  if (name === undefined || name.length > 800) return undefined;
  if (name.startsWith('arn:')) return name;
  return `arn:aws:${service}:${place.region}:${place.account}:${prefix}${name}`;
}

const byParameter =
  (parameter: string, prefix: string): Naming =>
  (parameters, place) =>
    named(text(parameters, parameter), place, prefix);

function iam(parameters: Trail, place: Place, event: Trail): string | undefined {
  const created = createdArn(event);
  if (created !== undefined) return created;
  const of = (parameter: string, prefix: string): string | undefined => {
    const name = text(parameters, parameter);
    return name === undefined ? undefined : `arn:aws:iam::${place.account}:${prefix}/${name}`;
  };
  return (
    of('roleName', 'role') ??
    of('userName', 'user') ??
    of('groupName', 'group') ??
    of('instanceProfileName', 'instance-profile')
  );
}

/** What was created has its path in the answer alone. */
function createdArn(event: Trail): string | undefined {
  const response = part(event, 'responseElements');
  if (response === undefined) return undefined;
  for (const member of ['role', 'user', 'group', 'instanceProfile']) {
    const made = part(response, member);
    const arn = made === undefined ? undefined : text(made, 'arn');
    if (arn !== undefined) return arn;
  }
  return undefined;
}

function secret(parameters: Trail, place: Place, event: Trail): string | undefined {
  const response = part(event, 'responseElements');
  // The answer carries the whole ARN, the request often the name without the six characters that AWS adds.
  const answered = response === undefined ? undefined : (text(response, 'arn') ?? text(response, 'aRN'));
  return answered ?? named(text(parameters, 'secretId') ?? text(parameters, 'name'), place, 'secret:');
}

function ssm(parameters: Trail, place: Place, event: Trail): string | undefined {
  if (text(event, 'eventName')?.includes('Parameter') === true) {
    const { names } = parameters;
    const name =
      text(parameters, 'name') ??
      (Array.isArray(names) ? text({ first: names[0] as unknown }, 'first') : undefined);
    return named(name?.replace(/^\//, ''), place, 'parameter/');
  }
  const instance = text(parameters, 'instanceId') ?? text(parameters, 'target');
  return instance?.startsWith('i-') === true ? named(instance, place, 'instance/', 'ec2') : undefined;
}

function ec2(parameters: Trail, place: Place): string | undefined {
  const items = part(parameters, 'instancesSet')?.['items'];
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  const instance =
    text(parameters, 'instanceId') ?? (isObject(first) ? text(first, 'instanceId') : undefined);
  return instance?.startsWith('i-') === true ? named(instance, place, 'instance/') : undefined;
}

function bucket(parameters: Trail): string | undefined {
  const name = text(parameters, 'bucketName');
  return name === undefined || name.length > 255
    ? undefined
    : name.startsWith('arn:')
      ? name
      : `arn:aws:s3:::${name}`;
}

function model(parameters: Trail, place: Place): string | undefined {
  const id = text(parameters, 'modelId') ?? text(parameters, 'modelArn');
  if (id === undefined) return named(text(parameters, 'agentId'), place, 'agent/');
  // Models of the provider belong to no account.
  return id.startsWith('arn:') ? id : `arn:aws:bedrock:${place.region}::foundation-model/${id}`;
}

function queue(parameters: Trail, place: Place): string | undefined {
  const parts = text(parameters, 'queueUrl')?.split('/') ?? [];
  const [account, name] = parts.slice(-2);
  if (account === undefined || name === undefined || !/^\d+$/.test(account)) return undefined;
  return `arn:aws:sqs:${place.region}:${account}:${name}`;
}

function key(parameters: Trail, place: Place): string | undefined {
  const id = text(parameters, 'keyId');
  return named(id, place, id?.startsWith('alias/') === true ? '' : 'key/');
}

/** What the parameters of a request name, by service. */
const NAMINGS = new Map<string, Naming>([
  ['sts', byParameter('roleArn', '')],
  ['iam', iam],
  ['secretsmanager', secret],
  ['s3', bucket],
  ['lambda', byParameter('functionName', 'function:')],
  ['bedrock', model],
  ['kms', key],
  ['ssm', ssm],
  ['ec2', ec2],
  ['sqs', queue],
  ['sns', byParameter('topicArn', '')],
  ['dynamodb', byParameter('tableName', 'table/')],
  ['rds', byParameter('dBInstanceIdentifier', 'db:')],
  ['ecr', byParameter('repositoryName', 'repository/')],
  ['codecommit', byParameter('repositoryName', '')],
  ['logs', byParameter('logGroupName', 'log-group:')],
  ['states', byParameter('stateMachineArn', '')],
  ['events', byParameter('ruleName', 'rule/')],
  ['kinesis', byParameter('streamName', 'stream/')],
  ['codebuild', byParameter('projectName', 'project/')],
  ['cloudformation', byParameter('stackName', 'stack/')],
]);

/** The ARN that a request was about; the parameters may be null, or cut off with a remark in their place. */
export function parameterArn(event: Trail, place: Place): string | undefined {
  const parameters = part(event, 'requestParameters');
  return parameters === undefined ? undefined : NAMINGS.get(place.service)?.(parameters, place, event);
}
