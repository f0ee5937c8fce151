import { storeArn, type Store, type StoreKind } from './stores.ts';
import { allow, type Statement } from './iam-model.ts';
import type { Account } from './accounts.ts';

type Access = {
  /** What a policy grants for reading, and on top of it for writing. */
  read: string[];
  write: string[];
  /** What the logs show in the ordinary run of things; the rest of the grant stays unused. */
  usedRead: string[];
  usedWrite: string[];
};

const ACCESS: Readonly<Record<StoreKind, Access>> = {
  table: {
    read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    usedRead: ['dynamodb:GetItem', 'dynamodb:Query'],
    usedWrite: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  bucket: {
    read: ['s3:GetObject', 's3:ListBucket'],
    write: ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    usedRead: ['s3:GetObject'],
    usedWrite: ['s3:PutObject'],
  },
  queue: {
    read: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    write: ['sqs:SendMessage', 'sqs:ChangeMessageVisibility'],
    usedRead: ['sqs:ReceiveMessage'],
    usedWrite: ['sqs:SendMessage'],
  },
  secret: {
    read: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    write: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
    usedRead: ['secretsmanager:GetSecretValue'],
    usedWrite: ['secretsmanager:PutSecretValue'],
  },
  key: {
    read: ['kms:DescribeKey', 'kms:GetPublicKey'],
    write: ['kms:Sign', 'kms:Verify', 'kms:Decrypt', 'kms:GenerateDataKey'],
    usedRead: ['kms:GetPublicKey'],
    usedWrite: ['kms:Sign', 'kms:Decrypt'],
  },
  database: {
    read: ['rds-data:ExecuteStatement', 'rds:DescribeDBClusters'],
    write: ['rds-data:BatchExecuteStatement', 'rds-data:BeginTransaction', 'rds-data:CommitTransaction'],
    usedRead: ['rds-data:ExecuteStatement'],
    usedWrite: ['rds-data:BatchExecuteStatement'],
  },
  model: {
    read: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    write: [],
    usedRead: ['bedrock:InvokeModel'],
    usedWrite: [],
  },
};

export function storeStatements(store: Store, account: Account, writes: boolean): Statement[] {
  const access = ACCESS[store.kind];
  const arn = storeArn(store, account);
  const resources = store.kind === 'bucket' ? [arn, `${arn}/*`] : arn;
  const statements = [allow(access.read, resources)];
  if (writes && access.write.length > 0)
    statements.push(allow(access.write, store.kind === 'bucket' ? `${arn}/*` : arn));
  return statements;
}

export function usedActions(store: Store, writes: boolean): string[] {
  const access = ACCESS[store.kind];
  return writes ? [...access.usedRead, ...access.usedWrite] : access.usedRead;
}
