import { isObject } from '#lib/core/json.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import type { Outcome } from '../facts.ts';
import { byEmail, member } from '../gcp/members.ts';
import { roleLevel } from '../gcp/roles.ts';
import { derivedId, levelOfAction, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, list, number, objects, text } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** Cloud Audit Logs as Cloud Logging exports them (docs/formats/gcp.md). */
export const gcpAudit: Connector = {
  name: 'gcp-audit',
  title: 'Google Cloud audit log',
  kind: 'events',
  syntax: ['json'],
  lists: ['entries'],
  recognise,
  open: (sink, context) => new GcpAuditReader(sink, context),
};

function recognise(sample: Sample): number {
  const entries = field(sample.first, 'entries');
  const entry = Array.isArray(entries) ? (entries[0] as unknown) : sample.first;
  const payload = field(entry, 'protoPayload');
  if (!isObject(payload))
    return /cloudaudit\.googleapis\.com/.test(text(field(entry, 'logName')) ?? '') ? 0.8 : 0;
  const isKubernetes = /^io\.k8s\./.test(text(field(payload, 'methodName')) ?? '');
  return isKubernetes ? 0.6 : 0.92;
}

class GcpAuditReader implements Reader {
  readonly #sink: FactSink;
  readonly #project: string;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#project = context.defaults.tenant ?? 'default';
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    const payload = field(entry, 'protoPayload');
    if (!isObject(payload))
      throw new RejectedRecord('the entry has no protoPayload, so it is not an audit entry');
    const time = isoTime(field(entry, 'timestamp')) ?? isoTime(field(entry, 'receiveTimestamp'));
    if (time === null) throw new RejectedRecord('the entry has no readable time');
    const method = id(field(payload, 'methodName'), 'methodName');
    if (method === undefined) throw new RejectedRecord('the entry names no method');
    const actor = principalOf(field(payload, 'authenticationInfo'));
    if (actor === null) throw new RejectedRecord('the entry names no principal');
    const resource = id(field(payload, 'resourceName'), 'resourceName', 700);
    const project =
      text(at(entry, 'resource', 'labels', 'project_id'), 200) ??
      /projects\/([^/]+)/.exec(resource ?? '')?.[1] ??
      this.#project;
    const insertId = id(field(entry, 'insertId'), 'insertId');
    const service = text(field(payload, 'serviceName'), 100);
    this.#window.see(`gcp:${project}`, time);
    const chain = delegation(field(payload, 'authenticationInfo'));
    writeUse(this.#sink, {
      id:
        insertId === undefined
          ? derivedId(time, method, actor.key, resource)
          : `${text(field(entry, 'logName'), 200) ?? ''} ${insertId}`.trim(),
      time,
      actor,
      action: (service === undefined ? method : `${service.replace('.googleapis.com', '')}:${method}`).slice(
        0,
        200,
      ),
      outcome: outcomeOf(payload),
      target: targetOf(resource, service, project),
      level: levelOfAction(method.slice(method.lastIndexOf('.') + 1)),
      credential: keyOf(field(payload, 'authenticationInfo')),
      chain: chain.length === 0 ? undefined : [actor, ...chain],
      address: text(at(payload, 'requestMetadata', 'callerIp'), 100),
      userAgent: text(at(payload, 'requestMetadata', 'callerSuppliedUserAgent')),
      trace: text(at(entry, 'operation', 'id') ?? field(entry, 'trace'), 200),
    });
    this.#bindings(payload, resource, project);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  /** Bindings that a policy change added: edges that an inventory may not show yet. */
  #bindings(payload: unknown, resource: string | undefined, project: string): void {
    const deltas = [
      ...list(at(payload, 'serviceData', 'policyDelta', 'bindingDeltas')),
      ...list(at(payload, 'metadata', 'datasetChange', 'bindingDeltas')),
    ];
    const place = resource ?? `projects/${project}`;
    for (const delta of objects(deltas)) {
      const role = id(field(delta, 'role'), 'role');
      const from = member(id(field(delta, 'member'), 'member', 400) ?? '');
      if (role === undefined || from === null || text(field(delta, 'action'))?.toUpperCase() !== 'ADD')
        continue;
      const key = `gcp://${place}`;
      const policy = `${key}/roles/${role}`;
      this.#sink.node({
        key,
        kind: 'resource',
        standing: 'log',
        provider: 'gcp',
        tenant: project,
        name: place,
      });
      this.#sink.node({ ...from, standing: 'log' });
      this.#sink.node({
        key: policy,
        kind: 'policy',
        standing: 'log',
        provider: 'gcp',
        tenant: project,
        type: 'iam_role',
        name: `${role} on ${place}`,
      });
      this.#sink.edge({
        from: from.key,
        kind: 'attached',
        to: policy,
        qualifier: role,
        props: { evidence: 'SetIamPolicy in the audit log' },
      });
      this.#sink.edge({ from: policy, kind: 'grants', to: key, level: roleLevel(role), qualifier: role });
    }
  }
}

function principalOf(info: unknown): Mention | null {
  const email = id(field(info, 'principalEmail'), 'principalEmail');
  if (email?.includes('@')) return byEmail(email);
  const subject = id(field(info, 'principalSubject'), 'principalSubject', 700);
  if (subject === undefined)
    return email === undefined
      ? null
      : {
          key: `gcp://principals/${email}`,
          kind: 'service_account',
          type: 'unresolved',
          provider: 'gcp',
          name: email,
        };
  return (
    member(subject) ?? {
      key: `gcp://principals/${subject}`,
      kind: 'service_account',
      type: 'external',
      provider: 'gcp',
      name: subject,
    }
  );
}

/** Who stood behind the principal, nearest first; informational, as the issuer of the token states it. */
function delegation(info: unknown): Mention[] {
  return objects(field(info, 'serviceAccountDelegationInfo'))
    .slice(0, 16)
    .flatMap((step) => {
      const email = id(at(step, 'firstPartyPrincipal', 'principalEmail'), 'principalEmail');
      if (email?.includes('@')) return [byEmail(email)];
      const subject = id(field(step, 'principalSubject'), 'principalSubject', 700);
      const found = subject === undefined ? null : member(subject);
      return found === null ? [] : [found];
    });
}

/** `//iam.googleapis.com/projects/P/serviceAccounts/EMAIL/keys/ID`: the key that the request was signed with. */
function keyOf(info: unknown): Mention | undefined {
  const match = /\/serviceAccounts\/([^/]+)\/keys\/([^/]+)$/.exec(
    id(field(info, 'serviceAccountKeyName'), 'key name', 700) ?? '',
  );
  if (match === null) return undefined;
  const [, email = '', keyId = ''] = match;
  const account = byEmail(email.includes('@') ? email : `${email}@unknown.iam.gserviceaccount.com`);
  return {
    key: `${account.key}/keys/${keyId.toLowerCase()}`,
    kind: 'credential',
    type: 'service_account_key',
    provider: 'gcp',
    name: keyId,
    boundTo: 'workload',
  };
}

function targetOf(resource: string | undefined, service: string | undefined, project: string): Mention {
  const account = /\/serviceAccounts\/([^/]+@[^/]+)/.exec(resource ?? '')?.[1];
  if (account !== undefined) return byEmail(account);
  if (resource !== undefined) {
    const parts = resource.split('/');
    return {
      key: `gcp://${resource}`,
      kind: 'resource',
      provider: 'gcp',
      tenant: project,
      zone: `gcp:${project}`,
      type: (parts.at(-2) ?? 'resource').replace(/s$/, '').slice(0, 100),
      name: parts.at(-1) ?? resource,
    };
  }
  const name = service ?? `projects/${project}`;
  return {
    key: service === undefined ? `gcp://${name}` : `gcp://services/${project}/${service}`,
    kind: 'resource',
    provider: 'gcp',
    tenant: project,
    type: 'service',
    name,
  };
}

/** google.rpc.Code: 0 or absent is fine, 7 is PERMISSION_DENIED, 16 UNAUTHENTICATED. */
function outcomeOf(payload: unknown): Outcome {
  const code = number(at(payload, 'status', 'code')) ?? 0;
  if (code === 7 || code === 16) return 'denied';
  if (code !== 0) return 'failed';
  const isRefused = objects(field(payload, 'authorizationInfo')).some(
    (one) => field(one, 'granted') === false,
  );
  return isRefused ? 'denied' : 'allowed';
}
