import type { JsonObject } from '#lib/core/json.ts';
import { PRODUCTION, REGION, regionalArn, type Account } from './accounts.ts';
import type { Random } from './random.ts';
import { bucketName, modelId, storeArn, type Store } from './stores.ts';
import type { Operation } from './world.ts';

/** The part of a CloudTrail record that tells what was asked for. */
export type ApiRequest = {
  eventSource: string;
  eventName: string;
  requestParameters: JsonObject | null;
  resources: JsonObject[] | null;
  readOnly: boolean;
  /** Data events are on objects and items, management events on everything else. */
  data: boolean;
};

/** Services whose event source is not named like their actions. */
const SOURCES: ReadonlyMap<string, string> = new Map([['rds-data', 'rdsdata']]);
const OBJECTS_PER_BUCKET = 6;
const CHANGING = /^(Put|Update|Delete|Create|Send|Batch(Execute|Write)|Run|Complete|Sign|Receive)/;

/** Stores are the ones of the account, but what the shared account touches lies in production. */
const homeOf = (account: Account): Account => (account.name === 'shared' ? PRODUCTION : account);

export function apiRequest(operation: Operation, account: Account, random: Random): ApiRequest {
  const [service = '', name = ''] = operation.action.split(':');
  const target = operation.store
    ? storeTarget(operation.store, homeOf(account), name, random)
    : plainTarget(name, account);
  return {
    eventSource: `${SOURCES.get(service) ?? service}.amazonaws.com`,
    eventName: name,
    readOnly: !CHANGING.test(name),
    data: false,
    ...target,
  };
}

type Target = Pick<ApiRequest, 'requestParameters' | 'resources'> & { data?: boolean };

function storeTarget(store: Store, account: Account, name: string, random: Random): Target {
  const arn = storeArn(store, account);
  const resource = (type: string, ARN = arn): JsonObject => ({ accountId: account.id, type, ARN });
  switch (store.kind) {
    case 'table':
      return {
        requestParameters: {
          tableName: store.name,
          ...(name === 'Query' ? { limit: 50 } : { key: { id: {} } }),
        },
        resources: [resource('AWS::DynamoDB::Table')],
        data: true,
      };
    case 'bucket':
      return bucketTarget(store, account, name, random);
    case 'queue':
      return {
        requestParameters: { queueUrl: `https://sqs.${REGION}.amazonaws.com/${account.id}/${store.name}` },
        resources: [resource('AWS::SQS::Queue')],
        data: true,
      };
    case 'secret':
      return { requestParameters: { secretId: arn }, resources: null };
    case 'key':
      return { requestParameters: { keyId: arn }, resources: [resource('AWS::KMS::Key')] };
    case 'database':
      return {
        requestParameters: { resourceArn: arn, database: 'main' },
        resources: [resource('AWS::RDS::DBCluster')],
      };
    case 'model':
      return { requestParameters: { modelId: modelId(store) }, resources: null };
  }
}

function bucketTarget(store: Store, account: Account, name: string, random: Random): Target {
  const bucket = bucketName(store, account);
  const arn = storeArn(store, account);
  const key = `part-${random.whole(1, OBJECTS_PER_BUCKET)}/current.json`;
  const wholeBucket: JsonObject = { accountId: account.id, type: 'AWS::S3::Bucket', ARN: arn };
  if (name.startsWith('List')) return { requestParameters: { bucketName: bucket }, resources: [wholeBucket] };
  return {
    requestParameters: { bucketName: bucket, Host: `${bucket}.s3.${REGION}.amazonaws.com`, key },
    resources: [{ type: 'AWS::S3::Object', ARN: `${arn}/${key}` }, wholeBucket],
    data: true,
  };
}

/** Requests that name nothing that the sample keeps apart. */
function plainTarget(name: string, account: Account): Target {
  const named: Readonly<Record<string, JsonObject>> = {
    UpdateService: { cluster: 'services', service: 'current', forceNewDeployment: true },
    DescribeServices: { cluster: 'services', services: ['current'] },
    DescribeCluster: { name: `meridian-${account.name}` },
    PutImage: { repositoryName: 'services', imageTag: 'main', registryId: account.id },
    BatchGetImage: { repositoryName: 'services', registryId: account.id },
    FilterLogEvents: { logGroupName: regionalArn('logs', account, 'log-group:/services') },
  };
  return { requestParameters: named[name] ?? null, resources: null };
}
