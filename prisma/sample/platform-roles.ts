import {
  ACCOUNTS,
  awsManagedPolicy,
  iamArn,
  PRODUCTION,
  samlProviderArn,
  SHARED,
  STAGING,
  type Account,
} from './accounts.ts';
import { deny, trust, trustService } from './iam-model.ts';
import { addRole } from './role-builder.ts';
import { lead, TEAMS } from './teams.ts';
import { randomOf, store, type World } from './world.ts';

const SERVICE_LINKED = ['rds', 'ecs', 'support', 'autoscaling', 'elasticloadbalancing', 'eks'] as const;

/** Everything that is not one service's own role: people's access, pipelines, vendors, machines, AWS itself. */
export function addPlatformRoles(world: World): void {
  for (const account of ACCOUNTS) {
    addServiceLinkedRoles(world, account);
    addPeoplesRoles(world, account);
  }
  addMachineRoles(world);
  addBreakGlass(world);
}

function addServiceLinkedRoles(world: World, account: Account): void {
  for (const service of SERVICE_LINKED) {
    const host = `${service}.amazonaws.com`;
    addRole(world, {
      account,
      name: `AWSServiceRoleFor${service.toUpperCase()}`,
      path: `/aws-service-role/${host}/`,
      team: 'platform',
      owner: 'none',
      trust: [trustService(host)],
      attached: [awsManagedPolicy(`aws-service-role/Amazon${service.toUpperCase()}ServiceRolePolicy`)],
    });
  }
}

/** Sign-in through Identity Center: these roles are people's, not machines'. */
function addPeoplesRoles(world: World, account: Account): void {
  const sets: [string, string[]][] = [
    ['ReadOnly', [awsManagedPolicy('ReadOnlyAccess')]],
    ['Developer', [awsManagedPolicy('job-function/ViewOnlyAccess'), iamArn(account, 'policy/require-mfa')]],
    ['Administrator', [awsManagedPolicy('AdministratorAccess'), iamArn(account, 'policy/require-mfa')]],
  ];
  for (const [name, attached] of sets) {
    const random = randomOf(world, `sso/${account.id}/${name}`);
    const role = addRole(world, {
      account,
      name: `AWSReservedSSO_${name}_${random.hex(8)}`,
      path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
      team: 'platform',
      owner: 'none',
      trust: [
        {
          ...trust({ Federated: samlProviderArn(account) }),
          Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
      attached,
    });
    for (const team of name === 'Administrator' ? ['platform', 'security'] : TEAMS.map((one) => one.id))
      world.traffic.push({
        account,
        role,
        origin: { kind: 'person', mail: lead(team).mail },
        operations: [
          'ec2:DescribeInstances',
          'iam:ListRoles',
          'logs:FilterLogEvents',
          'rds:DescribeDBClusters',
        ].map((action) => ({ action })),
        perDay: 2,
        exact: false,
        fromDaysAgo: 90,
        toDaysAgo: 1,
        addresses: [`198.51.100.${random.whole(10, 99)}`],
        userAgents: ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'],
      });
  }
}

function addMachineRoles(world: World): void {
  for (const [account, name] of [
    [PRODUCTION, 'cluster-node'],
    [STAGING, 'cluster-node'],
    [SHARED, 'cluster-node'],
    [SHARED, 'build-host'],
    [PRODUCTION, 'bastion'],
  ] as const) {
    const role = addRole(world, {
      account,
      name,
      team: 'platform',
      trust: [trustService('ec2.amazonaws.com')],
      attached: [
        awsManagedPolicy('AmazonSSMManagedInstanceCore'),
        ...(name === 'cluster-node' ? [awsManagedPolicy('AmazonEKSWorkerNodePolicy')] : []),
      ],
      instanceProfile: true,
    });
    world.traffic.push({
      account,
      role,
      origin: { kind: 'aws_service', host: 'ec2.amazonaws.com' },
      operations: [{ action: 'ssm:UpdateInstanceInformation' }, { action: 'ecr:BatchGetImage' }],
      perDay: 12,
      exact: false,
      fromDaysAgo: 90,
      toDaysAgo: 1,
      addresses: ['10.20.4.11', '10.20.4.12'],
      userAgents: ['amazon-ssm-agent/3.3.551.0'],
    });
  }
}

/** For the worst day only: seldom used, and that is how it should be. */
function addBreakGlass(world: World): void {
  const role = addRole(world, {
    account: PRODUCTION,
    name: 'break-glass',
    team: 'security',
    owner: 'stated',
    description: 'For the worst day only; every use pages the security team',
    trust: [
      trust(
        { AWS: iamArn(SHARED, 'root') },
        { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
      ),
    ],
    attached: [awsManagedPolicy('AdministratorAccess')],
    inline: [
      { name: 'keep-the-trail', statements: [deny(['cloudtrail:StopLogging', 's3:DeleteObject'], '*')] },
    ],
    tags: [['purpose', 'break-glass']],
  });
  world.traffic.push({
    account: PRODUCTION,
    role,
    origin: { kind: 'person', mail: lead('security').mail },
    operations: [
      { action: 'ec2:DescribeInstances' },
      { action: 'rds:DescribeDBClusters', store: store(world, 'ledger-core') },
    ],
    perDay: 6,
    exact: true,
    fromDaysAgo: 82,
    toDaysAgo: 82,
    addresses: ['198.51.100.14'],
    userAgents: ['aws-cli/2.17.5'],
  });
}
