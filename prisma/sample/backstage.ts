import type { JsonObject } from '#lib/core/json.ts';
import { DOMAIN, ORGANISATION, PRODUCTION, PRODUCTION_CLUSTER } from './accounts.ts';
import { documents } from './kubernetes.ts';
import { runsInCluster, serviceRoleArn, type Service } from './services.ts';
import { storeArn, type Store } from './stores.ts';
import { ABANDONED, DISSOLVED, NEVER_FILLED_IN } from './stories/owners-left.ts';
import { DISSOLVED_TEAM, leaver, PEOPLE, TEAMS, teamMail } from './teams.ts';
import type { World } from './world.ts';

/** The catalogue in one file; owners that do not resolve are left as they were found. */
export function catalogue(world: World): string {
  const provided = new Set(world.services.flatMap((service) => service.calls));
  const names = new Set(world.services.map((service) => service.name));
  return documents([
    domain(),
    ...TEAMS.map((team) => system(team.id, team.purpose)),
    ...TEAMS.map((team) => group(team.id, team.name)),
    ...PEOPLE.map((person) =>
      entity('User', person.id, undefined, {
        profile: { displayName: person.name, email: person.mail },
        memberOf: [person.team],
      }),
    ),
    ...world.services.map((service) => component(world, service, provided)),
    ...[...provided].filter((name) => names.has(name)).map((name) => api(world, name)),
    ...[...world.stores.values()].filter((store) => store.kind !== 'model').map(resource),
  ]);
}

function entity(kind: string, name: string, metadata: JsonObject | undefined, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec,
  };
}

const domain = (): JsonObject =>
  entity('Domain', 'freight', { description: 'Everything that moves freight' }, { owner: 'group:platform' });

const system = (team: string, purpose: string): JsonObject =>
  entity('System', team, { description: purpose }, { owner: `group:${team}`, domain: 'freight' });

const group = (team: string, name: string): JsonObject =>
  entity(
    'Group',
    team,
    { description: name },
    {
      type: 'team',
      profile: { displayName: name, email: teamMail(team) },
      children: [],
      members: PEOPLE.filter((person) => person.team === team).map((person) => person.id),
    },
  );

/** Owner as the catalogue has it: a team, a person who left, a dissolved team, or what the template said. */
function catalogueOwner(world: World, service: Service): string {
  const left = ABANDONED.get(service.name);
  if (left !== undefined) return `user:${leaver(left).id}`;
  if (DISSOLVED.includes(service.name)) return `group:${DISSOLVED_TEAM}`;
  const filledIn = world.later && service.name === NEVER_FILLED_IN[0];
  if (NEVER_FILLED_IN.includes(service.name) && !filledIn) return 'unspecified';
  return service.name.length % 2 === 0 ? `group:default/${service.team}` : service.team;
}

function component(world: World, service: Service, provided: ReadonlySet<string>): JsonObject {
  return entity(
    'Component',
    service.name,
    {
      title: service.name,
      description: service.purpose,
      annotations: {
        'backstage.io/source-location': `url:https://github.com/${ORGANISATION}/${service.team}-services`,
        'github.com/project-slug': `${ORGANISATION}/${service.team}-services`,
        'amazonaws.com/iam-role-arn': serviceRoleArn(service, PRODUCTION),
        ...(runsInCluster(service)
          ? {
              'backstage.io/kubernetes-id': service.name,
              'backstage.io/kubernetes-namespace': service.team,
              'backstage.io/kubernetes-cluster': PRODUCTION_CLUSTER.name,
            }
          : {}),
      },
    },
    {
      type: service.name.endsWith('-web') || service.name.endsWith('-portal') ? 'website' : 'service',
      lifecycle: 'production',
      owner: catalogueOwner(world, service),
      system: service.team,
      ...(provided.has(service.name) ? { providesApis: [`${service.name}-interface`] } : {}),
      consumesApis: service.calls
        .filter((name) => world.services.some((one) => one.name === name))
        .map((name) => `${name}-interface`),
      dependsOn: service.uses
        .filter((use) => world.stores.get(use.store)?.kind !== 'model')
        .map((use) => `resource:${use.store}`),
    },
  );
}

function api(world: World, name: string): JsonObject {
  const service = world.services.find((one) => one.name === name);
  const team = service?.team ?? 'platform';
  return entity(
    'API',
    `${name}-interface`,
    { description: `Interface of ${name}` },
    {
      type: 'openapi',
      lifecycle: 'production',
      owner: team,
      system: team,
      definition: `openapi: 3.1.0\ninfo: {title: ${name}, version: "1"}\nservers: [{url: "https://api.${DOMAIN}/${name}"}]\n`,
    },
  );
}

const resource = (store: Store): JsonObject =>
  entity(
    'Resource',
    store.name,
    { annotations: { 'amazonaws.com/arn': storeArn(store, PRODUCTION) } },
    { type: store.kind, owner: `group:${store.team}`, system: store.team },
  );
