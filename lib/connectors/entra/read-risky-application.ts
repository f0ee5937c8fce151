import { isObject } from '#lib/core/json.ts';
import { entraKey } from '#lib/core/keys.ts';
import { field, id, objects, requiredId, text } from '../read-value.ts';
import { readCredentials, readFederations } from './credentials.ts';
import { api, appIdentity, located } from './directory.ts';
import type { Directory } from './directory-state.ts';
import { statePrincipal } from './read-applications.ts';
import { writeProofs } from './write-proofs.ts';
import { writePermission } from './read-permissions.ts';

/** An application of the posture export, which carries its permissions; those asked for and not granted are shown only. */
export function readRiskyApplication(directory: Directory, value: Record<string, unknown>): void {
  const appId = requiredId(field(value, 'appId'), 'appId');
  const objectIds = field(value, 'objectId');
  const own = isObject(objectIds)
    ? id(field(objectIds, 'servicePrincipal'), 'objectId')
    : id(objectIds, 'objectId');
  const identity =
    own === undefined
      ? appIdentity(directory.tenant, appId, text(field(value, 'displayName'), 200))
      : statePrincipal(directory, own, value);
  if (own === undefined) directory.know(appId, identity);
  const credentials = readCredentials(directory.tenant, appId, value);
  const federations = readFederations(value);
  const permissions = objects(field(value, 'permissions'));
  const granted = permissions.filter((one) => field(one, 'isAdminConsented') === true);
  const asked = permissions.length - granted.length;
  const application = isObject(objectIds) ? id(field(objectIds, 'application'), 'objectId') : undefined;
  if (application !== undefined) {
    const key = entraKey(directory.tenant, 'applications', application);
    directory.sink.node(
      {
        key,
        kind: 'resource',
        standing: 'inventory',
        type: 'application',
        name: identity.name ?? appId,
        ...located(directory.tenant),
        props: { appId, requestedPermissions: asked },
      },
      directory.scope,
    );
    directory.defer(() =>
      directory.sink.edge(
        { from: key, kind: 'hosts', to: identity.key, qualifier: 'may add a credential' },
        directory.scope,
      ),
    );
  }
  const grants = granted.map((one) => ({
    name: requiredId(field(one, 'roleDisplayName') ?? field(one, 'roleId'), 'permission'),
    to: api(directory.tenant, undefined, id(field(one, 'applicationDisplayName'), 'applicationDisplayName')),
    isDelegated: /delegated/i.test(text(field(one, 'roleType')) ?? ''),
  }));
  directory.defer(() => {
    writeProofs(directory, identity, credentials, federations);
    for (const { name, to, isDelegated } of grants)
      writePermission(directory, identity, to, name, isDelegated ? { delegated: 'with consent' } : {});
  });
}
