import {
  GITHUB_ISSUER,
  iamArn,
  oidcProviderArn,
  ORGANISATION,
  PRODUCTION,
  repositoryKey,
  SHARED,
  STAGING,
} from './accounts.ts';
import { allow, trust, type Statement } from './iam-model.ts';
import { addRole } from './role-builder.ts';
import { TEAMS } from './teams.ts';
import type { World } from './world.ts';

const CI_ROLE = (team: string): string => `ci-${team}`;

/** A role per team that its pipelines assume, and the roles in production and staging that they go on to. */
export function addPipelines(world: World): void {
  addDeploymentRoles(world);
  addPipelineRoles(world);
}

/** What pipelines become in production and staging in order to roll out. */
function addDeploymentRoles(world: World): void {
  for (const account of [PRODUCTION, STAGING])
    for (const team of TEAMS)
      addRole(world, {
        account,
        name: `deploy-${team.id}`,
        team: team.id,
        description: `Rolls out the services of ${team.name}`,
        trust: [
          trust(
            { AWS: iamArn(SHARED, `role/${CI_ROLE(team.id)}`) },
            { StringEquals: { 'aws:PrincipalOrgID': 'o-meridian0001' } },
          ),
        ],
        inline: [
          {
            name: 'deploy',
            statements: [
              allow(
                [
                  'eks:DescribeCluster',
                  'ecs:UpdateService',
                  'ecs:DescribeServices',
                  'ecs:RegisterTaskDefinition',
                ],
                '*',
              ),
              allow(
                ['lambda:UpdateFunctionCode', 'lambda:PublishVersion', 'lambda:GetFunction'],
                `arn:aws:lambda:eu-central-1:${account.id}:function:${team.id}-*`,
              ),
              allow(['iam:PassRole'], iamArn(account, `role/fn-${team.id}-*`), {
                StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' },
              }),
            ],
          },
        ],
        attached: [iamArn(account, 'policy/service-baseline')],
      });
}

function addPipelineRoles(world: World): void {
  for (const team of TEAMS) {
    const repository = `${team.id}-services`;
    const role = addRole(world, {
      account: SHARED,
      name: CI_ROLE(team.id),
      team: team.id,
      description: `Pipelines of ${team.name}`,
      trust: [githubTrust(repository)],
      inline: [
        {
          name: 'deploy',
          statements: [
            allow(
              ['sts:AssumeRole'],
              [PRODUCTION, STAGING].map((account) => iamArn(account, `role/deploy-${team.id}`)),
            ),
            allow(
              ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
              `arn:aws:ecr:eu-central-1:${SHARED.id}:repository/${team.id}/*`,
            ),
          ],
        },
      ],
      attached: [iamArn(SHARED, 'policy/service-baseline')],
      tags: [['repository', repositoryKey(repository)]],
    });
    addPipelineTraffic(world, role.name, team.id, repository);
  }
}

/** Trust in the pipelines of one repository's main branch. */
export function githubTrust(repository: string): Statement {
  return {
    ...trust({ Federated: oidcProviderArn(SHARED, GITHUB_ISSUER) }),
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${GITHUB_ISSUER}:aud`]: 'sts.amazonaws.com',
        [`${GITHUB_ISSUER}:sub`]: `repo:${ORGANISATION}/${repository}:ref:refs/heads/main`,
      },
    },
  };
}

function addPipelineTraffic(world: World, name: string, team: string, repository: string): void {
  const from = world.roles.find((role) => role.account === SHARED && role.name === name);
  if (!from) return;
  const base = { exact: false, fromDaysAgo: 90, toDaysAgo: 1, addresses: ['192.0.2.40', '192.0.2.41'] };
  world.traffic.push({
    ...base,
    account: SHARED,
    role: from,
    origin: { kind: 'pipeline', repository },
    operations: [{ action: 'ecr:PutImage' }, { action: 'ecr:CompleteLayerUpload' }],
    perDay: 5,
    userAgents: ['aws-cli/2.17.5 md/awscrt#0.20.11 ua/2.0 os/linux md/command#ecr.put-image'],
  });
  for (const account of [PRODUCTION, STAGING]) {
    const role = world.roles.find((one) => one.account === account && one.name === `deploy-${team}`);
    if (role)
      world.traffic.push({
        ...base,
        account,
        role,
        origin: { kind: 'chain', from },
        operations: [{ action: 'ecs:UpdateService' }, { action: 'eks:DescribeCluster' }],
        perDay: 4,
        userAgents: ['aws-cli/2.17.5 md/awscrt#0.20.11 ua/2.0 os/linux md/command#ecs.update-service'],
      });
  }
}
