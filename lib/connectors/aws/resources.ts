import { formatArn, lastSegment, type Arn } from './arn.ts';

/** What a resource of a service is, for the card and the legend. */
const TYPES = new Map([
  ['s3', 'bucket'],
  ['sqs', 'queue'],
  ['sns', 'topic'],
  ['secretsmanager', 'secret'],
  ['ssm', 'parameter'],
  ['kms', 'key'],
  ['dynamodb', 'datastore'],
  ['rds', 'datastore'],
  ['rds-db', 'datastore'],
  ['redshift', 'datastore'],
  ['es', 'datastore'],
  ['elasticache', 'datastore'],
  ['lambda', 'function'],
  ['ec2', 'host'],
  ['ecr', 'repository'],
  ['codecommit', 'repository'],
  ['eks', 'cluster'],
  ['ecs', 'cluster'],
  ['bedrock', 'model'],
  ['logs', 'log_group'],
]);

export const awsResourceType = (service: string): string => TYPES.get(service) ?? 'api';

/** Names of ARNs of a part, by service: the part is governed with its container. */
const FOLDS = new Map<string, (resource: string) => string>([
  ['s3', (resource) => resource.split('/', 1)[0] ?? resource],
  ['logs', (resource) => /^(log-group:[^:]+)/.exec(resource)?.[1] ?? resource],
  ['dynamodb', (resource) => /^(table\/[^/]+)/.exec(resource)?.[1] ?? resource],
  ['lambda', (resource) => /^(function:[^:]+)/.exec(resource)?.[1] ?? resource],
  ['execute-api', (resource) => resource.split('/', 1)[0] ?? resource],
  ['states', (resource) => resource.replace(/^(?:execution|express):([^:]+).*$/s, 'stateMachine:$1')],
  ['bedrock', (resource) => resource.replace(/^(agent)-alias\/([^/]+).*$/s, '$1/$2')],
]);

/** The container of an ARN of a part: the bucket of an object, the log group of a stream, the function of a version. */
export function foldArn(arn: Arn): Arn {
  const fold = FOLDS.get(arn.service);
  return fold === undefined ? arn : { ...arn, resource: fold(arn.resource) };
}

export function resourceName(arn: Arn): string {
  const name = lastSegment(arn.resource);
  return name === '' || name === '*' ? formatArn(arn) : name;
}
