import { backstageKey, personKey } from '#lib/core/keys.ts';
import { iamArn, pipelineKey, PRODUCTION, repositoryKey, SHARED, STAGING } from './accounts.ts';
import { accountsOf, runsInCluster, serviceKey, serviceRoleArn, workloadKey } from './services.ts';
import { storeArn, storeNode } from './stores.ts';
import { LEAVERS, PEOPLE, personOf, TEAMS, teamKey } from './teams.ts';
import { randomOf, type World } from './world.ts';

/** The registers of people, services, data and repositories: what binds the names of one source to those of another. */
export function addRegister(world: World): void {
  addPeople(world);
  addTeams(world);
  addServices(world);
  addStores(world);
  addRepositories(world);
}

function addPeople(world: World): void {
  const { register, calendar } = world;
  for (const person of PEOPLE) {
    register.node({
      key: personOf(person),
      kind: 'person',
      name: person.name,
      provider: 'directory',
      labels: { team: person.team },
    });
    register.aliases.push({ alias: backstageKey('default', 'User', person.id), key: personKey(person.mail) });
  }
  LEAVERS.forEach((person, index) =>
    register.node({
      key: personOf(person),
      kind: 'person',
      name: person.name,
      provider: 'directory',
      expiresAt: calendar.time(30 + index * 27),
      labels: { team: person.team, employment: 'left' },
      props: { employment: 'left', leftOn: calendar.day(30 + index * 27) },
    }),
  );
}

function addTeams(world: World): void {
  for (const team of TEAMS) {
    world.register.node({
      key: teamKey(team.id),
      kind: 'team',
      name: team.name,
      provider: 'directory',
      purpose: team.purpose,
    });
  }
}

/** A catalogue component and its production workload are one service; the one in staging is another. */
function addServices(world: World): void {
  const { register } = world;
  for (const service of world.services) {
    const key = register.node({
      key: serviceKey(service.name),
      kind: 'service',
      name: service.name,
      provider: 'backstage',
      environment: 'production',
      purpose: service.purpose,
    });
    if (runsInCluster(service)) register.aliases.push({ alias: workloadKey(service, PRODUCTION), key });
    else addRoleOfService(world, key, serviceRoleArn(service, PRODUCTION));
    if (runsInCluster(service) || !accountsOf(service).includes(STAGING)) continue;
    const staged = register.node({
      key: `aws://${STAGING.id}/services/${service.name}`,
      kind: 'service',
      name: `${service.name} (staging)`,
      provider: 'aws',
      tenant: STAGING.id,
      environment: 'staging',
    });
    addRoleOfService(world, staged, serviceRoleArn(service, STAGING));
  }
}

function addRoleOfService(world: World, service: string, role: string): void {
  world.register.node({ key: role, kind: 'role', provider: 'aws', standing: 'reference' });
  world.register.edge(service, 'runs_as', role, { qualifier: 'service register' });
}

function addStores(world: World): void {
  for (const store of world.stores.values()) {
    world.register.node(storeNode(store, PRODUCTION));
    world.register.claims.push({
      owner: teamKey(store.team),
      node: storeArn(store, PRODUCTION),
      basis: 'register',
      evidence: `The data register names ${store.team} for ${store.name}`,
      confidence: 0.9,
    });
    if (store.kind !== 'model') world.register.node(storeNode(store, STAGING));
  }
}

/** A repository per team with the pipeline that releases from it. */
function addRepositories(world: World): void {
  for (const team of TEAMS) {
    const repository = `${team.id}-services`;
    addRepository(world, repository, team.id);
    world.register.node({
      key: iamArn(SHARED, `role/ci-${team.id}`),
      kind: 'role',
      provider: 'aws',
      standing: 'reference',
    });
    world.register.edge(pipelineKey(repository), 'assumes', iamArn(SHARED, `role/ci-${team.id}`), {
      qualifier: 'main branch',
    });
  }
}

export function addRepository(world: World, name: string, team: string, visibility = 'private'): string {
  const random = randomOf(world, `repository/${name}`);
  const repository = world.register.node({
    key: repositoryKey(name),
    kind: 'resource',
    type: 'repository',
    name,
    provider: 'github',
    tenant: 'meridian-freight',
    environment: 'shared',
    sensitivity: visibility === 'public' ? 'public' : 'internal',
    labels: { visibility, ...(random.chance(0.7) ? { owner: team } : {}) },
  });
  const pipeline = world.register.node({
    key: pipelineKey(name),
    kind: 'pipeline',
    name: `${name} release`,
    provider: 'github',
    tenant: 'meridian-freight',
    environment: 'shared',
    runtimeAuthorised: true,
  });
  world.register.edge(repository, 'hosts', pipeline, { qualifier: 'workflow file' });
  if (random.chance(0.6))
    world.register.claims.push({
      owner: teamKey(team),
      node: pipeline,
      basis: 'codeowners',
      evidence: `CODEOWNERS of ${name}: /.github/ @meridian-freight/${team}`,
      confidence: 0.7,
    });
  return pipeline;
}
