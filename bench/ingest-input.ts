import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';

const EVENTS_A_FILE = 5_000;
const ACCOUNT = '111122223333';
const ROLES = 400;
const BUCKETS = 600;

/** Log files as CloudTrail delivers them: `Records`, gzip, 5,000 events each. Returns their folder. */
export async function writeEvents(folder: string, count: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (let first = 0; first < count; first += EVENTS_A_FILE) {
    const length = Math.min(EVENTS_A_FILE, count - first);
    const records = Array.from({ length }, (_, i) => cloudTrailEvent(first + i));
    await writeFile(
      path.join(folder, `${first}.json.gz`),
      gzipSync(JSON.stringify({ Records: records }), { level: 1 }),
    );
  }
  return folder;
}

function cloudTrailEvent(n: number): object {
  const role = `role-${(n * 7919) % ROLES}`;
  const bucket = `bucket-${(n * 104_729) % BUCKETS}`;
  const time = new Date(Date.UTC(2026, 2, 1) + n * 1_000).toISOString().replace('.000Z', 'Z');
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE${role}:session`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/session-${n % 50}`,
      accountId: ACCOUNT,
      accessKeyId: `ASIAEXAMPLE${String(n % 9_999).padStart(5, '0')}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          accountId: ACCOUNT,
          userName: role,
        },
        attributes: { mfaAuthenticated: 'false', creationDate: time },
      },
    },
    eventTime: time,
    eventSource: 's3.amazonaws.com',
    eventName: n % 3 === 0 ? 'PutObject' : 'GetObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: `198.51.100.${n % 255}`,
    userAgent: '[aws-sdk-java/2.25]',
    requestParameters: { bucketName: bucket, key: `objects/${n}` },
    responseElements: null,
    requestID: `REQ${n}`,
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    readOnly: n % 3 !== 0,
    resources: [
      { accountId: ACCOUNT, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/objects/${n}` },
    ],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Data',
  };
}

/** An inventory in Bailiwick's own format: one header, then the nodes, then the edges. Returns its file. */
export async function writeInventory(file: string, nodes: number, edges: number): Promise<string> {
  await pipeline(Readable.from(inventoryLines(nodes, edges)), createWriteStream(file));
  return file;
}

function* inventoryLines(nodes: number, edges: number): Generator<string> {
  const line = (value: object): string => `${JSON.stringify(value)}\n`;
  const half = Math.floor(nodes / 2);
  yield line({ bailiwick: 1, source: 'bench', scopes: [{ scope: 'all', complete: true }] });
  for (let n = 0; n < nodes; n++) {
    const acts = n < half;
    const node = acts
      ? { key: `svc:${n}`, kind: 'service', name: `Service ${n}`, tenant: 'acme', environment: 'production' }
      : {
          key: `res:${n - half}`,
          kind: 'resource',
          type: 'datastore',
          name: `Store ${n - half}`,
          tenant: 'acme',
        };
    yield line({ node, scope: 'all' });
  }
  for (let n = 0; n < edges; n++) {
    const from = `svc:${(n * 7_919) % half}`;
    const to = `res:${(n * 104_729 + Math.floor(n / half)) % (nodes - half)}`;
    yield line({
      edge: { from, kind: 'grants', to, level: 'read', qualifier: String(n % 97) },
      scope: 'all',
    });
  }
}
