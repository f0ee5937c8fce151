import { addAgents } from './agents.ts';
import { Calendar } from './calendar.ts';
import { addIntegrations } from './integrations.ts';
import { addKubernetesObjects } from './kubernetes-objects.ts';
import { addUsers } from './machine-users.ts';
import { addManagedPolicies } from './managed-policies.ts';
import { addPipelines } from './pipeline-roles.ts';
import { addPlatformRoles } from './platform-roles.ts';
import { addRegisterCredentials } from './register-credentials.ts';
import { addAliases } from './register-aliases.ts';
import { addRegister } from './register.ts';
import { addServiceRoles } from './service-roles.ts';
import { services } from './services.ts';
import { stores } from './stores.ts';
import { plantEscalationPath } from './stories/escalation-path.ts';
import { plantHiddenActor } from './stories/hidden-actor.ts';
import { plantLeakedKey } from './stories/leaked-key.ts';
import { plantOutlivedGrant } from './stories/outlived-grant.ts';
import { plantOwnersLeft } from './stories/owners-left.ts';
import { plantProductionKeyInStaging } from './stories/production-key-in-staging.ts';
import { plantSharedToken } from './stories/shared-token.ts';
import { plantUnusedScopes } from './stories/unused-scopes.ts';
import { plantWideAgent } from './stories/wide-agent.ts';
import { FactFile, type World } from './world.ts';

const STORIES = [
  plantSharedToken,
  plantWideAgent,
  plantOutlivedGrant,
  plantProductionKeyInStaging,
  plantLeakedKey,
  plantOwnersLeft,
  plantEscalationPath,
  plantUnusedScopes,
  plantHiddenActor,
];

/** Builds Meridian Freight in memory: first the ordinary company, then the stories, then what the logs say of both. */
export function buildOrganisation(options: { seed: number; asOf: Date; later: boolean }): World {
  const world: World = {
    seed: options.seed,
    calendar: new Calendar(options.asOf),
    later: options.later,
    services: services(options.seed),
    stores: stores(options.seed),
    roles: [],
    users: [],
    groups: [],
    policies: [],
    serviceAccounts: [],
    rbacRoles: [],
    rbacBindings: [],
    workloads: [],
    traffic: [],
    agents: new FactFile('bailiwick/agents.ndjson', 'Meridian agent platform', 'agents'),
    integrations: new FactFile('bailiwick/integrations.ndjson', 'Meridian sign-in', 'integrations'),
    register: new FactFile('bailiwick/register.ndjson', 'Meridian registers', 'registers'),
    stories: [],
  };
  addManagedPolicies(world);
  addServiceRoles(world);
  addPlatformRoles(world);
  addPipelines(world);
  addUsers(world);
  addKubernetesObjects(world);
  addRegister(world);
  addRegisterCredentials(world);
  addAgents(world);
  addIntegrations(world);
  for (const plant of STORIES) world.stories.push(plant(world));
  addAliases(world);
  noteLastUse(world);
  return world;
}

/** What AWS states as the last use of a role follows from the traffic that the logs show. */
function noteLastUse(world: World): void {
  for (const { role, toDaysAgo } of world.traffic)
    if (role) role.lastUsedDaysAgo = Math.min(role.lastUsedDaysAgo ?? toDaysAgo, toDaysAgo);
}
