import {
  awsManagedPolicy,
  oidcProviderArn,
  PRODUCTION,
  PRODUCTION_CLUSTER,
  STAGING,
  STAGING_CLUSTER,
  iamArn,
  type Account,
} from './accounts.ts';
import { allow, trust, trustService, type Role, type Statement } from './iam-model.ts';
import { addRole } from './role-builder.ts';
import { accountsOf, serviceRoleName, type Service } from './services.ts';
import { storeStatements, usedActions } from './store-access.ts';
import { randomOf, store, type Operation, type Origin, type World } from './world.ts';

const AGENTS_OF_RUNTIME = {
  deployment: 'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.6 md/GOOS#linux exec-env/AWS_EKS',
  cron_job: 'Boto3/1.34.131 md/Botocore#1.34.131 ua/2.0 os/linux lang/python#3.12.4',
  lambda: 'aws-sdk-js/3.614.0 ua/2.0 os/linux lang/js md/nodejs#20.15.1 exec-env/AWS_Lambda_nodejs20.x',
  ecs: 'aws-sdk-java/2.26.20 Linux/5.10.219 OpenJDK_64-Bit_Server_VM/21.0.3 exec-env/AWS_ECS_FARGATE',
} as const;

/** A role per service and account, with what it needs, some things that it does not, and its daily traffic. */
export function addServiceRoles(world: World): void {
  for (const service of world.services)
    for (const account of accountsOf(service)) addServiceRole(world, service, account);
}

function addServiceRole(world: World, service: Service, account: Account): void {
  const random = randomOf(world, `service-role/${account.id}/${service.name}`);
  const origin = originOf(service, account);
  const role = addRole(world, {
    account,
    name: serviceRoleName(service),
    team: service.team,
    description: service.purpose,
    trust: [trustOf(service, account)],
    inline: [
      { name: 'stores', statements: storesOf(world, service, account) },
      { name: 'runtime', statements: runtimeStatements(service, account) },
    ],
    attached: [
      iamArn(account, 'policy/service-baseline'),
      ...(service.runtime === 'lambda' ? [awsManagedPolicy('service-role/AWSLambdaBasicExecutionRole')] : []),
      ...(random.chance(0.25) ? [iamArn(account, `policy/team-${service.team}`)] : []),
    ],
    ...(random.chance(0.3) ? { boundary: iamArn(account, 'policy/workload-boundary') } : {}),
  });
  addTraffic(world, service, role, origin);
}

function storesOf(world: World, service: Service, account: Account): Statement[] {
  return service.uses.flatMap((use) => storeStatements(store(world, use.store), account, use.writes));
}

function runtimeStatements(service: Service, account: Account): Statement[] {
  const log = `arn:aws:logs:eu-central-1:${account.id}:log-group:/${service.team}/${service.name}:*`;
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], log),
    allow(['cloudwatch:PutMetricData'], '*', {
      StringEquals: { 'cloudwatch:namespace': `meridian/${service.name}` },
    }),
    allow(
      ['ssm:GetParameter', 'ssm:GetParametersByPath'],
      `arn:aws:ssm:eu-central-1:${account.id}:parameter/${service.name}/*`,
    ),
  ];
}

function originOf(service: Service, account: Account): Origin {
  if (service.runtime === 'lambda') return { kind: 'aws_service', host: 'lambda.amazonaws.com' };
  if (service.runtime === 'ecs') return { kind: 'aws_service', host: 'ecs-tasks.amazonaws.com' };
  return {
    kind: 'web_identity',
    cluster: account === STAGING ? STAGING_CLUSTER : PRODUCTION_CLUSTER,
    namespace: service.team,
    serviceAccount: service.name,
  };
}

function trustOf(service: Service, account: Account): Statement {
  const origin = originOf(service, account);
  if (origin.kind !== 'web_identity')
    return trustService(service.runtime === 'ecs' ? 'ecs-tasks.amazonaws.com' : 'lambda.amazonaws.com');
  const { issuer } = origin.cluster;
  return {
    ...trust({ Federated: oidcProviderArn(account, issuer) }),
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${issuer}:sub`]: `system:serviceaccount:${origin.namespace}:${origin.serviceAccount}`,
        [`${issuer}:aud`]: 'sts.amazonaws.com',
      },
    },
  };
}

function addTraffic(world: World, service: Service, role: Role, origin: Origin): void {
  const random = randomOf(world, `traffic/${role.account.id}/${service.name}`);
  const production = role.account === PRODUCTION;
  const operations: Operation[] = service.uses.flatMap((use) => {
    const target = store(world, use.store);
    return usedActions(target, use.writes).map((action) => ({ action, store: target }));
  });
  if (operations.length === 0 || (!production && random.chance(0.15))) return;
  const busy = service.runtime === 'cron_job' ? random.whole(4, 9) : random.whole(10, 40);
  const network = production ? '10.20' : '10.60';
  world.traffic.push({
    account: role.account,
    role,
    origin,
    operations,
    perDay: production ? busy : Math.ceil(busy / 3),
    exact: false,
    fromDaysAgo: 90,
    toDaysAgo: production ? 1 : random.pick([1, 1, 1, 5, 40]),
    addresses: [0, 1, 2].map(() => `${network}.${random.whole(0, 63)}.${random.whole(10, 250)}`),
    userAgents: [AGENTS_OF_RUNTIME[service.runtime]],
  });
}
