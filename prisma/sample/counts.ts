import type { JsonObject } from '#lib/core/json.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import type { Statement } from './iam-model.ts';
import type { World } from './world.ts';
import { TEAMS } from './teams.ts';

export type Counts = {
  teams: number;
  services: number;
  agents: number;
  serviceAccounts: number;
  roles: number;
  credentials: number;
  permissions: number;
  integrations: number;
};

/** What the organisation has, counted from the plan and not from the files. */
export function countsOf(world: World): Counts {
  const machines = world.users.filter((user) => user.console === null);
  const accessKeys = world.users.flatMap((user) => user.keys).filter((key) => key.state !== 'deleted');
  const stated = factsOfKind(world, 'credential').filter((key) => !key.startsWith('aws://access-keys/'));
  return {
    teams: TEAMS.length,
    services: world.services.length,
    agents: factsOfKind(world, 'agent').length,
    serviceAccounts: world.serviceAccounts.length + machines.length,
    roles: world.roles.length,
    credentials:
      accessKeys.length + stated.length + world.serviceAccounts.filter((one) => one.tokenSecret).length,
    permissions: permissionsOf(world),
    integrations: factsOfKind(world, 'integration').length,
  };
}

const filesOf = (world: World) => [world.agents, world.integrations, world.register];

function factsOfKind(world: World, kind: NodeKind): string[] {
  const keys = filesOf(world).flatMap((file) =>
    [...file.nodes.values()].filter((node) => node.kind === kind).map((node) => node.key),
  );
  return [...new Set(keys)];
}

const size = (value: string | string[] | undefined): number =>
  value === undefined ? 1 : Array.isArray(value) ? value.length : 1;
const allowed = (statements: readonly Statement[]): number =>
  statements
    .filter((statement) => statement.Effect === 'Allow')
    .reduce(
      (sum, statement) => sum + size(statement.Action ?? statement.NotAction) * size(statement.Resource),
      0,
    );

/** Allowed actions times resources of IAM, groups times resources times verbs of Kubernetes, and stated grants. */
function permissionsOf(world: World): number {
  const inline = [...world.roles, ...world.users].flatMap((holder) => holder.inline);
  const versions = world.policies.flatMap((policy) => policy.versions.filter((version) => version.isDefault));
  const iam = [...inline, ...versions].reduce((sum, policy) => sum + allowed(policy.statements), 0);
  const cluster = world.rbacRoles
    .flatMap((role) => role.rules)
    .reduce((sum, rule) => sum + rule.apiGroups.length * rule.resources.length * rule.verbs.length, 0);
  const grants = filesOf(world).reduce(
    (sum, file) => sum + file.edges.filter((edge) => edge.kind === 'grants').length,
    0,
  );
  return iam + cluster + grants;
}

export function storiesAsJson(world: World): JsonObject[] {
  return world.stories.map((story) => ({
    id: story.id,
    title: story.title,
    keys: Object.fromEntries(story.keys),
    decoys: story.decoys,
  }));
}
