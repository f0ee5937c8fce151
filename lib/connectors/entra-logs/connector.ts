import { isObject } from '#lib/core/json.ts';
import { entraKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
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
import { levelOfAction, type LoggedUse, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, objects, text } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** Sign-in and audit logs of Microsoft Entra, as diagnostic settings or Graph write them (docs/formats/entra.md). */
export const entraLogs: Connector = {
  name: 'entra-logs',
  title: 'Microsoft Entra sign-in and audit logs',
  kind: 'events',
  syntax: ['json'],
  lists: ['records', 'value'],
  recognise,
  open: (sink, context) => new EntraLogReader(sink, context),
};

function recognise(sample: Sample): number {
  const listed = field(sample.first, 'records') ?? field(sample.first, 'value');
  const record = Array.isArray(listed) ? (listed[0] as unknown) : sample.first;
  if (!isObject(record)) return 0;
  const provider = text(field(record, 'resourceId')) ?? '';
  const properties = field(record, 'properties');
  if (isObject(properties) && field(record, 'operationName') !== undefined) {
    if (/microsoft\.aadiam/i.test(provider)) return 0.95;
    const isKnown =
      field(properties, 'initiatedBy') !== undefined || field(properties, 'userPrincipalName') !== undefined;
    return isKnown || field(properties, 'servicePrincipalId') !== undefined ? 0.9 : 0.1;
  }
  if (field(record, 'activityDisplayName') !== undefined && field(record, 'initiatedBy') !== undefined)
    return 0.9;
  return field(record, 'appId') !== undefined &&
    field(record, 'createdDateTime') !== undefined &&
    isObject(field(record, 'status'))
    ? 0.85
    : 0;
}

class EntraLogReader implements Reader {
  readonly #sink: FactSink;
  readonly #tenant: string;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#tenant = (context.defaults.tenant ?? 'default').toLowerCase();
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    if (!isObject(entry)) throw new RejectedRecord('the record is not an object');
    const nested = field(entry, 'properties');
    const properties = isObject(nested) ? nested : entry;
    const tenant = id(field(entry, 'tenantId'), 'tenantId')?.toLowerCase() ?? this.#tenant;
    const time =
      isoTime(field(properties, 'createdDateTime')) ??
      isoTime(field(properties, 'activityDateTime')) ??
      isoTime(field(entry, 'time'));
    if (time === null) throw new RejectedRecord('the event has no readable time');
    const isAudit =
      field(properties, 'initiatedBy') !== undefined || field(properties, 'targetResources') !== undefined;
    const use = isAudit
      ? auditUse(entry, properties, tenant, time)
      : signInUse(entry, properties, tenant, time);
    this.#window.see(`entra:${tenant}`, time);
    writeUse(this.#sink, use);
  }

  end(): void {
    this.#window.write(this.#sink);
  }
}

function eventId(entry: unknown, properties: unknown, time: string): string {
  const own =
    id(field(properties, 'id'), 'id') ??
    id(field(entry, 'correlationId') ?? field(properties, 'correlationId'), 'correlationId');
  if (own === undefined) throw new RejectedRecord('the event has neither an id nor a correlation id');
  return `${own} ${time}`.slice(0, 400);
}

function signInUse(
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

function auditUse(
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
