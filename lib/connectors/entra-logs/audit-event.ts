import { entraKey } from '#lib/core/keys.ts';
import { RejectedRecord } from '../connector.ts';
import { appIdentity, located, servicePrincipal, tenantResource, user } from '../entra/directory.ts';
import { levelOfAction, type LoggedUse, type Mention } from '../logged-use.ts';
import { at, field, id, objects, text } from '../read-value.ts';
import { eventId } from './event-id.ts';

/** A change in the directory: who did what to which object. Old and new values are not read. */
export function auditUse(
  entry: unknown,
  properties: Record<string, unknown>,
  tenant: string,
  time: string,
): LoggedUse {
  const app = at(properties, 'initiatedBy', 'app');
  const by = at(properties, 'initiatedBy', 'user');
  const actor = actorOf(app, by, tenant);
  const action = text(
    field(properties, 'activityDisplayName') ??
      field(entry, 'operationName') ??
      field(properties, 'operationName'),
    200,
  );
  if (action === undefined) throw new RejectedRecord('the event names no activity');
  const result = text(field(properties, 'result') ?? field(entry, 'resultType')) ?? 'success';
  return {
    id: eventId(entry, properties, time),
    time,
    actor,
    action,
    outcome: /^(?:succe|0$)/i.test(result) ? 'allowed' : 'failed',
    target: targetOf(objects(field(properties, 'targetResources'))[0], tenant),
    level: levelOfAction(action) === 'admin' ? 'admin' : 'write',
    address: text(field(by, 'ipAddress') ?? field(entry, 'callerIpAddress'), 100),
    trace: text(field(entry, 'correlationId') ?? field(properties, 'correlationId'), 200),
  };
}

function actorOf(app: unknown, by: unknown, tenant: string): Mention {
  const person = user(
    tenant,
    id(field(by, 'id'), 'user id'),
    id(field(by, 'userPrincipalName'), 'userPrincipalName'),
  );
  if (person !== undefined) return person;
  const name = text(field(app, 'displayName'), 200);
  const principal = id(field(app, 'servicePrincipalId'), 'servicePrincipalId');
  if (principal !== undefined) return servicePrincipal(tenant, principal, name);
  const appId = id(field(app, 'appId'), 'appId');
  if (appId !== undefined) return appIdentity(tenant, appId, name);
  // Services of Microsoft act under a display name alone; they are run by the provider.
  const shown = name ?? 'unknown initiator';
  return {
    key: `entra://${tenant}/services/${shown.toLowerCase()}`,
    kind: 'service',
    managed: name !== undefined,
    name: shown,
    ...located(tenant),
  };
}

function targetOf(target: Record<string, unknown> | undefined, tenant: string): Mention {
  const objectId = id(field(target, 'id'), 'target id');
  const name = text(field(target, 'displayName') ?? field(target, 'userPrincipalName'), 200);
  if (target === undefined || objectId === undefined) return tenantResource(tenant);
  const type = (text(field(target, 'type'), 60) ?? 'object').toLowerCase();
  if (type === 'serviceprincipal') return servicePrincipal(tenant, objectId, name);
  if (type === 'user') return user(tenant, objectId, name) ?? tenantResource(tenant);
  if (type === 'group')
    return {
      key: entraKey(tenant, 'groups', objectId),
      kind: 'group',
      name: name ?? objectId,
      ...located(tenant),
    };
  const place = type === 'application' ? 'applications' : `${type.replace(/[^a-z]/g, '')}s`;
  return {
    key: entraKey(tenant, place, objectId),
    kind: 'resource',
    type,
    name: name ?? objectId,
    ...located(tenant),
  };
}
