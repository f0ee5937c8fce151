import { iamArn, pipelineKey, PRODUCTION, repositoryKey, SHARED } from '../accounts.ts';
import { allow, deny, roleArn, trust, trustService, type Role } from '../iam-model.ts';
import { githubTrust } from '../pipeline-roles.ts';
import { addRepository } from '../register.ts';
import { addRole } from '../role-builder.ts';
import { serviceRoleArn } from '../services.ts';
import { storeArn } from '../stores.ts';
import { role, service, store, type Origin, type Story, type World } from '../world.ts';

const REPOSITORY = 'label-templates';

/**
 * Story 7: whoever may change the templates of shipping labels may in the end sign payments. Each step alone was
 * reasonable: repository → pipeline → role → (pass a role to a function) → role → (another account) → role →
 * (pass a role to a task) → role of the payment signer → signing key.
 */
export function plantEscalationPath(world: World): Story {
  const pipeline = addRepository(world, REPOSITORY, 'warehouse');
  const signer = role(world, PRODUCTION, 'svc-payment-signer');
  const promoterArn = iamArn(SHARED, 'role/artifact-promoter');
  const broker = addBroker(world, signer, promoterArn);
  const promoter = addPromoter(world, broker);
  const ci = addPipelineRole(world, promoterArn);
  world.register.node({ key: roleArn(ci), kind: 'role', provider: 'aws', standing: 'reference' });
  world.register.edge(pipeline, 'assumes', roleArn(ci), { qualifier: 'main branch' });
  addTraffic(world, ci, { kind: 'pipeline', repository: REPOSITORY }, ['s3:PutObject'], 4);
  addTraffic(world, promoter, { kind: 'aws_service', host: 'lambda.amazonaws.com' }, ['ecr:PutImage'], 3);
  addTraffic(
    world,
    broker,
    { kind: 'chain', from: promoter },
    ['ecs:DescribeServices', 'ecs:UpdateService'],
    2,
  );
  return {
    id: 'escalation-path',
    title: 'A path of escalations to a crown jewel',
    keys: new Map<string, string | string[]>([
      ['start', repositoryKey(REPOSITORY)],
      ['pipeline', pipelineKey(REPOSITORY)],
      ['path', [repositoryKey(REPOSITORY), pipeline, ...[ci, promoter, broker, signer].map(roleArn)]],
      ['target', storeArn(store(world, 'payment-signing'), PRODUCTION)],
      ['chokePoint', roleArn(broker)],
    ]),
    decoys: addDecoys(world, promoterArn),
  };
}

function addPipelineRole(world: World, promoter: string): Role {
  return addRole(world, {
    account: SHARED,
    name: 'ci-label-templates',
    team: 'warehouse',
    owner: 'stated',
    trust: [githubTrust(REPOSITORY)],
    inline: [
      {
        name: 'release',
        statements: [
          allow(['s3:PutObject'], `${storeArn(store(world, 'labels'), SHARED)}/*`),
          allow(['iam:PassRole'], promoter),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], '*'),
        ],
      },
    ],
  });
}

function addPromoter(world: World, broker: Role): Role {
  return addRole(world, {
    account: SHARED,
    name: 'artifact-promoter',
    team: 'platform',
    owner: 'none',
    trust: [trustService('lambda.amazonaws.com')],
    inline: [
      {
        name: 'promote',
        statements: [
          allow(['ecr:PutImage', 'ecr:BatchGetImage'], '*'),
          allow(['sts:AssumeRole'], roleArn(broker)),
        ],
      },
    ],
  });
}

function addBroker(world: World, signer: Role, promoter: string): Role {
  return addRole(world, {
    account: PRODUCTION,
    name: 'release-broker',
    team: 'platform',
    owner: 'hint',
    trust: [trust({ AWS: promoter })],
    inline: [
      {
        name: 'release',
        statements: [
          allow(
            ['ecs:RegisterTaskDefinition', 'ecs:RunTask', 'ecs:UpdateService', 'ecs:DescribeServices'],
            '*',
          ),
          allow(
            ['iam:PassRole'],
            [roleArn(signer), serviceRoleArn(service(world, 'pallet-vision'), PRODUCTION)],
          ),
        ],
      },
    ],
  });
}

/** The routine part of each role's work; the techniques themselves were never used, so no log shows the path. */
function addTraffic(world: World, actor: Role, origin: Origin, actions: string[], perDay: number): void {
  const labels = store(world, 'labels');
  world.traffic.push({
    account: actor.account,
    role: actor,
    origin,
    operations: actions.map((action) => (action.startsWith('s3:') ? { action, store: labels } : { action })),
    perDay,
    exact: true,
    fromDaysAgo: 90,
    toDaysAgo: 1,
    addresses: ['192.0.2.44'],
    userAgents: ['aws-cli/2.17.5 md/awscrt#0.20.11 ua/2.0 os/linux'],
  });
}

function addDecoys(world: World, promoter: string): Story['decoys'] {
  const denied = addRole(world, {
    account: SHARED,
    name: 'ci-route-previews',
    team: 'routing',
    owner: 'stated',
    trust: [githubTrust('route-previews')],
    inline: [
      {
        name: 'release',
        statements: [
          allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], '*'),
          deny(['iam:PassRole'], '*'),
        ],
      },
    ],
  });
  const harmless = addRole(world, {
    account: SHARED,
    name: 'map-preview-runner',
    team: 'routing',
    owner: 'stated',
    trust: [trustService('lambda.amazonaws.com')],
    inline: [
      {
        name: 'tiles',
        statements: [allow(['s3:GetObject'], `${storeArn(store(world, 'map-tiles'), PRODUCTION)}/*`)],
      },
    ],
  });
  const limited = addRole(world, {
    account: SHARED,
    name: 'ci-map-previews',
    team: 'routing',
    owner: 'stated',
    trust: [githubTrust('map-previews')],
    inline: [
      {
        name: 'release',
        statements: [
          allow(['iam:PassRole'], roleArn(harmless), {
            StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' },
          }),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], '*'),
        ],
      },
    ],
  });
  return [
    {
      key: roleArn(denied),
      why: `It may pass any role, also ${promoter}, but an explicit deny takes that away.`,
    },
    {
      key: roleArn(limited),
      why: 'The same technique, but the only role it may pass reads public map tiles.',
    },
  ];
}
