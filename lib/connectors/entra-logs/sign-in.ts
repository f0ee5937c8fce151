import { RejectedRecord } from '../connector.ts';
import {
  api,
  appIdentity,
  credentialKey,
  located,
  servicePrincipal,
  tenantResource,
  user,
} from '../entra/directory.ts';
import type { Outcome } from '../facts.ts';
import type { LoggedUse, Mention } from '../logged-use.ts';
import { at, field, id, text } from '../read-value.ts';
import { eventId } from './event-id.ts';

/** A sign-in: a service principal with its credential, or a user through a client application, to a resource. */
export function signInUse(
  entry: unknown,
  properties: Record<string, unknown>,
  tenant: string,
  time: string,
): LoggedUse {
  const appId = id(field(properties, 'appId'), 'appId');
  const appName = text(field(properties, 'appDisplayName') ?? field(properties, 'servicePrincipalName'), 200);
  const principalId = id(field(properties, 'servicePrincipalId'), 'servicePrincipalId');
  const person = user(
    tenant,
    id(field(properties, 'userId'), 'userId'),
    id(field(properties, 'userPrincipalName'), 'userPrincipalName'),
  );
  const client = appId === undefined ? undefined : appIdentity(tenant, appId, appName);
  const actor =
    principalId !== undefined ? servicePrincipal(tenant, principalId, appName) : (person ?? client);
  if (actor === undefined)
    throw new RejectedRecord('the sign-in names neither a service principal, a user nor an application');
  const resource = id(
    field(properties, 'resourceServicePrincipalId') ?? field(properties, 'resourceId'),
    'resourceId',
  );
  const resourceName = id(field(properties, 'resourceDisplayName'), 'resourceDisplayName');
  return {
    id: eventId(entry, properties, time),
    time,
    actor,
    action: 'sign-in',
    outcome: signInOutcome(entry, properties),
    target:
      resource === undefined && resourceName === undefined
        ? tenantResource(tenant)
        : api(tenant, resource, resourceName),
    level: 'use',
    credential: credentialOf(properties, tenant, appId),
    // A user who signs in through an application acts through it: the client is the next link of the chain.
    chain:
      person !== undefined && principalId === undefined && client !== undefined
        ? [client, person]
        : undefined,
    session: text(field(properties, 'uniqueTokenIdentifier') ?? field(properties, 'sessionId'), 300),
    address: text(field(properties, 'ipAddress') ?? field(entry, 'callerIpAddress'), 100),
    userAgent: text(field(properties, 'userAgent')),
    trace: text(field(entry, 'correlationId') ?? field(properties, 'correlationId'), 200),
  };
}

function credentialOf(properties: unknown, tenant: string, appId: string | undefined): Mention | undefined {
  const keyId = id(field(properties, 'servicePrincipalCredentialKeyId'), 'credential key id');
  if (keyId === undefined || appId === undefined || /^[0-]*$/.test(keyId)) return undefined;
  const kind = text(field(properties, 'clientCredentialType')) ?? '';
  const type =
    /assertion|cert/i.test(kind) || field(properties, 'servicePrincipalCredentialThumbprint') !== undefined
      ? 'certificate'
      : 'client_secret';
  return {
    key: credentialKey(tenant, appId, type, keyId),
    kind: 'credential',
    type,
    name: keyId,
    boundTo: 'workload',
    ...located(tenant),
  };
}

/** `resultType` is "0" or 0 for success; some exports say it in words, or only in `status.errorCode`. */
function signInOutcome(entry: unknown, properties: unknown): Outcome {
  const code = text(field(entry, 'resultType')) ?? text(at(properties, 'status', 'errorCode')) ?? '0';
  if (code === '0' || /^succe/i.test(code)) return 'allowed';
  return /^(?:5300\d|50105|53\d{3}|65001|7000112)$/.test(code) ? 'denied' : 'failed';
}
