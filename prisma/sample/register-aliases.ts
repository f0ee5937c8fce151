import { backstageKey, k8sKey } from '#lib/core/keys.ts';
import {
  ACCOUNTS,
  apiKey,
  GITHUB_ISSUER,
  oidcProviderArn,
  ORGANISATION,
  pipelineKey,
  PRODUCTION,
  samlProviderArn,
  SHARED,
} from './accounts.ts';
import { roleArn } from './iam-model.ts';
import { storeArn } from './stores.ts';
import { lead, LEAVERS, personOf, TEAMS, teamKey } from './teams.ts';
import type { World } from './world.ts';

/** The subject of a federated token at the provider that vouches for it, as CloudTrail's records give it. */
const subjectKey = (provider: string, subject: string): string => `oauth://${provider}/subjects/${subject}`;

/** Names under which another source speaks of what the registers know: nothing is matched by a display name. */
export function addAliases(world: World): void {
  const { aliases } = world.register;
  for (const team of TEAMS) aliases.push({ alias: `team://${team.id}`, key: teamKey(team.id) });
  for (const person of LEAVERS)
    aliases.push({ alias: backstageKey('default', 'User', person.id), key: personOf(person) });
  for (const store of world.stores.values())
    if (store.kind !== 'model')
      aliases.push({
        alias: backstageKey('default', 'Resource', store.name),
        key: storeArn(store, PRODUCTION),
      });
  for (const name of new Set(world.services.flatMap((service) => service.calls)))
    aliases.push({ alias: backstageKey('default', 'API', `${name}-interface`), key: apiKey(name) });
  addForeignCallers(world);
  addSubjects(world);
}

/** Another account's log knows a role that came over by its unique id alone. */
function addForeignCallers(world: World): void {
  const callers = new Set(
    world.traffic.flatMap(({ origin }) => (origin.kind === 'chain' ? [origin.from] : [])),
  );
  for (const role of callers)
    world.register.aliases.push({
      alias: `aws://${role.account.id}/principals/${role.id}`,
      key: roleArn(role),
    });
}

/** Who a web identity is: a Kubernetes service account, a pipeline of one repository's main branch, or a person. */
function addSubjects(world: World): void {
  const { aliases, nodes } = world.register;
  for (const { cluster, namespace, name, roleArn } of world.serviceAccounts) {
    if (roleArn === null) continue;
    const provider = oidcProviderArn(cluster.account, cluster.issuer);
    aliases.push({
      alias: subjectKey(provider, `system:serviceaccount:${namespace}:${name}`),
      key: k8sKey(cluster.name, 'serviceaccounts', namespace, name),
    });
  }
  for (const account of ACCOUNTS)
    for (const { id } of TEAMS) {
      const person = lead(id);
      aliases.push({ alias: subjectKey(samlProviderArn(account), person.mail), key: personOf(person) });
    }
  const provider = oidcProviderArn(SHARED, GITHUB_ISSUER);
  const repositories = [...nodes.values()].filter((node) => node.type === 'repository');
  for (const { name = '' } of repositories)
    aliases.push({
      alias: subjectKey(provider, `repo:${ORGANISATION}/${name}:ref:refs/heads/main`),
      key: pipelineKey(name),
    });
}
