import { ACCOUNTS, iamArn, type Account } from './accounts.ts';
import { allow, deny, type ManagedPolicy, type Statement } from './iam-model.ts';
import { TEAMS } from './teams.ts';
import { storeArn } from './stores.ts';
import { randomOf, type World } from './world.ts';

/** The customer-managed policies that every account has. */
export function addManagedPolicies(world: World): void {
  for (const account of ACCOUNTS) {
    addPolicy(world, account, 'service-baseline', [
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'sts:GetCallerIdentity'], '*'),
      allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], '*'),
    ]);
    addPolicy(world, account, 'workload-boundary', workloadBoundary());
    addPolicy(world, account, 'require-mfa', [
      {
        Sid: 'DenyWithoutMfa',
        Effect: 'Deny',
        NotAction: ['iam:ChangePassword', 'iam:EnableMFADevice', 'sts:GetSessionToken'],
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      },
    ]);
    if (account.name !== 'shared')
      for (const team of TEAMS)
        addPolicy(world, account, `team-${team.id}`, teamStatements(world, account, team.id));
  }
}

/** Everything but identity and organisation management: broad on purpose, and so only a ceiling. */
const workloadBoundary = (): Statement[] => [
  { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
  deny(['kms:ScheduleKeyDeletion', 's3:PutBucketPolicy'], '*'),
];

/** Read access to what the team itself keeps, apart from secrets and keys. */
function teamStatements(world: World, account: Account, team: string): Statement[] {
  const own = [...world.stores.values()].filter((store) => store.team === team);
  const tables = own.filter((store) => store.kind === 'table').map((store) => storeArn(store, account));
  const buckets = own.filter((store) => store.kind === 'bucket').map((store) => storeArn(store, account));
  return [
    ...(tables.length > 0
      ? [allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DescribeTable'], tables)]
      : []),
    ...(buckets.length > 0
      ? [
          allow(
            ['s3:GetObject', 's3:ListBucket'],
            buckets.flatMap((arn) => [arn, `${arn}/*`]),
          ),
        ]
      : []),
    allow(['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics', 'logs:FilterLogEvents'], '*'),
  ];
}

export function addPolicy(world: World, account: Account, name: string, statements: Statement[]): string {
  const random = randomOf(world, `policy/${account.id}/${name}`);
  const versions: ManagedPolicy['versions'] = random.chance(0.3)
    ? [
        { id: 'v1', isDefault: false, statements: [allow(['s3:*'], '*')] },
        { id: 'v2', isDefault: true, statements },
      ]
    : [{ id: 'v1', isDefault: true, statements }];
  world.policies.push({ account, name, id: random.awsId('ANPA'), versions });
  return iamArn(account, `policy/${name}`);
}
