import { agentOf } from '../agents.ts';
import { iamArn, PRODUCTION } from '../accounts.ts';
import { allow, roleArn, trustService, type Role, type Statement } from '../iam-model.ts';
import { addPolicy } from '../managed-policies.ts';
import { addRole } from '../role-builder.ts';
import { storeArn } from '../stores.ts';
import { store, type Operation, type Story, type World } from '../world.ts';

/** Story 2: an agent that sorts invoices can read every secret and change every bucket. */
export function plantWideAgent(world: World): Story {
  const inbox = store(world, 'invoice-inbox');
  const model = store(world, 'claude-sonnet');
  const wide = agentRole(world, 'invoice-triage', 'billing', world.later ? narrow(world) : everything());
  addWork(world, wide, [
    { action: 's3:GetObject', store: inbox },
    { action: 'bedrock:InvokeModel', store: model },
  ]);
  const bounded = boundedRole(world);
  addWork(world, bounded, [{ action: 'dynamodb:Query', store: store(world, 'capacity') }]);
  return {
    id: 'wide-agent',
    title: 'An agent with a far wider role than its task',
    keys: new Map<string, string | string[]>([
      ['start', agentOf('invoice-triage')],
      ['role', roleArn(wide)],
      ['used', [storeArn(inbox, PRODUCTION), storeArn(model, PRODUCTION)]],
      ['reaches', storeArn(store(world, 'signing-passphrase'), PRODUCTION)],
    ]),
    decoys: [
      {
        key: agentOf('capacity-forecaster'),
        why: 'Its policy says dynamodb:*, but its permissions boundary leaves two read actions on one table.',
      },
    ],
  };
}

const everything = (): Statement[] => [
  allow(['s3:*', 'dynamodb:*', 'sqs:*'], '*'),
  allow(['secretsmanager:GetSecretValue', 'secretsmanager:ListSecrets', 'ssm:GetParameter*'], '*'),
  allow(['kms:Decrypt', 'bedrock:*'], '*'),
];

function narrow(world: World): Statement[] {
  const inbox = storeArn(store(world, 'invoice-inbox'), PRODUCTION);
  return [
    allow(['s3:GetObject'], `${inbox}/*`),
    allow(['bedrock:InvokeModel'], storeArn(store(world, 'claude-sonnet'), PRODUCTION)),
  ];
}

/** The role of an agent, and the agent's own statement that it runs as it. */
function agentRole(
  world: World,
  agent: string,
  team: string,
  statements: Statement[],
  boundary?: string,
): Role {
  const role = addRole(world, {
    account: PRODUCTION,
    name: `agent-${agent}`,
    team,
    owner: 'hint',
    trust: [trustService('bedrock-agentcore.amazonaws.com')],
    inline: [{ name: 'task', statements }],
    ...(boundary === undefined ? {} : { boundary }),
  });
  world.agents.node({
    key: roleArn(role),
    kind: 'role',
    name: role.name,
    provider: 'aws',
    tenant: PRODUCTION.id,
    standing: 'reference',
  });
  world.agents.edge(agentOf(agent), 'runs_as', roleArn(role));
  return role;
}

function boundedRole(world: World): Role {
  addPolicy(world, PRODUCTION, 'forecaster-boundary', [
    allow(['dynamodb:Query', 'dynamodb:GetItem'], storeArn(store(world, 'capacity'), PRODUCTION)),
  ]);
  const boundary = iamArn(PRODUCTION, 'policy/forecaster-boundary');
  return agentRole(world, 'capacity-forecaster', 'routing', [allow(['dynamodb:*'], '*')], boundary);
}

function addWork(world: World, role: Role, operations: Operation[]): void {
  world.traffic.push({
    account: PRODUCTION,
    role,
    origin: { kind: 'aws_service', host: 'bedrock-agentcore.amazonaws.com' },
    operations,
    perDay: 14,
    exact: true,
    fromDaysAgo: 90,
    toDaysAgo: 1,
    addresses: ['10.20.96.22'],
    userAgents: ['aws-sdk-py/agents-1.9 lang/python#3.12'],
  });
}
