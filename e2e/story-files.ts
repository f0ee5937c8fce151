import { gzipSync } from 'node:zlib';

// Small inputs of the tests' own, in the formats of their real sources.

const PAYMENTS = 'backstage://default/group/payments';
const ACCOUNT = '123456789012';
const DAY_MS = 86_400_000;

export const EXPORTER = 'harbour://accounts/harbour-exporter';
export const LEGACY = 'harbour://accounts/harbour-legacy';
export const LEDGER = 'harbour://stores/harbour-ledger';

type File = { name: string; mimeType: string; buffer: Buffer };
const file = (name: string, content: string | Buffer): File => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

const iso = (at: number): string => new Date(at).toISOString();

/** A complete snapshot of a small system: two service accounts and what they may do; the later one lacks `harbour-legacy`. */
export function harbour(snapshot: 'first' | 'later'): File {
  const scope = 'harbour';
  const node = (fact: object) => ({ node: { standing: 'inventory', ...fact }, scope });
  const edge = (fact: object) => ({ edge: fact, scope });
  const account = (key: string) => [
    node({
      key,
      kind: 'service_account',
      name: key.split('/').at(-1),
      environment: 'production',
      tenant: scope,
    }),
    edge({ from: key, kind: 'grants', to: LEDGER, level: 'write', qualifier: 'ledger role' }),
    {
      claim: {
        owner: PAYMENTS,
        node: key,
        basis: 'register',
        evidence: 'Register of the harbour team',
        confidence: 0.8,
      },
      scope,
    },
  ];
  const lines = [
    { bailiwick: 1, source: 'harbour', scopes: [{ scope, complete: true }] },
    { node: { key: PAYMENTS, kind: 'team', standing: 'reference' } },
    node({
      key: LEDGER,
      kind: 'resource',
      type: 'datastore',
      name: 'harbour-ledger',
      sensitivity: 'confidential',
      tenant: scope,
    }),
    ...account(EXPORTER),
    ...(snapshot === 'first' ? account(LEGACY) : []),
  ];
  return file(`harbour-${snapshot}.ndjson`, lines.map((line) => JSON.stringify(line)).join('\n'));
}

/** One use of the ledger by an account, so many days ago. */
export function harbourUse(actor: string, daysAgo: number): File {
  const time = iso(Date.now() - daysAgo * DAY_MS);
  const lines = [
    { bailiwick: 1, source: 'harbour log' },
    { node: { key: actor, kind: 'service_account', standing: 'log' } },
    { node: { key: LEDGER, kind: 'resource', standing: 'log' } },
    {
      event: {
        id: `use-${actor}-${daysAgo}`,
        time,
        actor,
        action: 'ledger:Write',
        outcome: 'allowed',
        target: LEDGER,
        level: 'write',
      },
    },
    { window: { scope: 'harbour', from: iso(Date.now() - 60 * DAY_MS), to: iso(Date.now()) } },
  ];
  return file(`harbour-use-${daysAgo}.ndjson`, lines.map((line) => JSON.stringify(line)).join('\n'));
}

/** The four other formats of the story, as one person would drop them together. */
export function mixedInputs(): File[] {
  return [iamDetails(), cloudTrail(), kubernetes(), catalogue()];
}

function iamDetails(): File {
  const user = `arn:aws:iam::${ACCOUNT}:user/quay-bot`;
  const details = {
    UserDetailList: [
      {
        UserName: 'quay-bot',
        UserId: 'AIDAQUAYBOT000000001',
        Arn: user,
        Path: '/',
        CreateDate: '2025-01-01T00:00:00Z',
        GroupList: [],
        AttachedManagedPolicies: [],
        UserPolicyList: [
          {
            PolicyName: 'cranes',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::quay-manifests/*' },
              ],
            },
          },
        ],
        Tags: [{ Key: 'owner', Value: 'payments' }],
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
    IsTruncated: false,
  };
  return file('iam.json', JSON.stringify(details));
}

function cloudTrail(): File {
  const event = {
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${ACCOUNT}:user/quay-bot`,
      accountId: ACCOUNT,
      accessKeyId: 'AKIAQUAYBOT000000001',
      userName: 'quay-bot',
    },
    eventTime: iso(Date.now() - DAY_MS).replace(/\.\d+Z$/, 'Z'),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'crane/1',
    requestParameters: { bucketName: 'quay-manifests', key: 'today' },
    responseElements: null,
    eventID: '6f0f6b0e-3c3f-4f53-9a57-6a1c7f0d0001',
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
  };
  return file('cloudtrail.json.gz', gzipSync(JSON.stringify({ Records: [event] })));
}

function kubernetes(): File {
  return file(
    'rbac.yaml',
    `apiVersion: v1
kind: ServiceAccount
metadata: { name: crane-driver, namespace: quay }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: cranes, namespace: quay }
rules: [{ apiGroups: [''], resources: [configmaps], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: cranes, namespace: quay }
subjects: [{ kind: ServiceAccount, name: crane-driver }]
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: cranes }
`,
  );
}

function catalogue(): File {
  return file(
    'catalog.yaml',
    `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: quay-planner }
spec: { type: service, lifecycle: production, owner: payments }
`,
  );
}
