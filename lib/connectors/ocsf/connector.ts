import { isObject } from '#lib/core/json.ts';
import { awsAccessKeyKey, awsKey, githubKey, personKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import type { Outcome } from '../facts.ts';
import { derivedId, levelOfAction, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, list, number, objects, text } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** Events of the Open Cybersecurity Schema Framework: identity, access and API activity (docs/formats/ocsf.md). */
export const ocsf: Connector = {
  name: 'ocsf',
  title: 'OCSF events',
  kind: 'events',
  syntax: ['json'],
  lists: ['events'],
  recognise,
  open: (sink) => new OcsfReader(sink),
};

/** Categories 3 (identity and access) and 6 (application activity); other classes say nothing of who used what. */
const USED_CLASSES = new Set([3001, 3002, 3003, 3004, 3005, 3006, 6001, 6002, 6003, 6005, 6008]);

function recognise(sample: Sample): number {
  const listed = field(sample.first, 'events');
  const event = Array.isArray(listed) ? (listed[0] as unknown) : sample.first;
  if (isObject(event))
    return field(event, 'class_uid') !== undefined && isObject(field(event, 'metadata')) ? 0.98 : 0;
  return /"class_uid"\s*:/.test(sample.head) && /"metadata"\s*:/.test(sample.head) && sample.syntax === 'json'
    ? 0.7
    : 0;
}

class OcsfReader implements Reader {
  readonly #sink: FactSink;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  record(record: SourceRecord): void {
    const event = record.value;
    const classId = number(field(event, 'class_uid'));
    if (!isObject(event) || classId === undefined) throw new RejectedRecord('the record has no class_uid');
    const time = isoTime(field(event, 'time')) ?? isoTime(field(event, 'time_dt'));
    if (time === null) throw new RejectedRecord('the event has no readable time');
    if (!USED_CLASSES.has(classId)) {
      this.#sink.unknown(`class ${String(classId)}`);
      return;
    }
    const provider = providerOf(event);
    const tenant = text(
      at(event, 'cloud', 'account', 'uid') ??
        at(event, 'actor', 'user', 'account', 'name') ??
        at(event, 'actor', 'user', 'org', 'name'),
      200,
    );
    const place: Place = { provider, ...(tenant === undefined ? {} : { tenant }) };
    const actor = actorOf(event, place, classId);
    if (actor === null) throw new RejectedRecord('the event names no actor');
    const operation =
      text(
        at(event, 'api', 'operation') ??
          at(event, 'metadata', 'event_code') ??
          field(event, 'activity_name') ??
          field(event, 'type_name'),
        150,
      ) ?? 'activity';
    const service = text(at(event, 'api', 'service', 'name'), 100)?.replace('.amazonaws.com', '');
    const action = service === undefined ? operation : `${service}:${operation}`;
    this.#window.see(tenant === undefined ? provider : `${provider}:${tenant}`, time);
    const target = targetOf(event, place, classId) ?? serviceOf(event, place);
    const session = id(
      at(event, 'actor', 'user', 'credential_uid') ?? at(event, 'actor', 'session', 'credential_uid'),
      'credential_uid',
    );
    const isLongLived = session?.startsWith('AKIA') === true;
    writeUse(this.#sink, {
      id: id(at(event, 'metadata', 'uid'), 'metadata.uid') ?? derivedId(time, action, actor.key, target.key),
      time,
      actor,
      action: action.slice(0, 200),
      outcome: outcomeOf(event),
      target,
      level: classId === 3002 ? 'use' : levelOfAction(operation),
      credential: isLongLived
        ? {
            key: awsAccessKeyKey(session),
            kind: 'credential',
            provider: 'aws',
            type: 'access_key',
            name: session,
          }
        : undefined,
      session: isLongLived
        ? undefined
        : (session ?? text(at(event, 'actor', 'session', 'uid') ?? at(event, 'session', 'uid'), 200)),
      address: text(at(event, 'src_endpoint', 'ip') ?? at(event, 'src_endpoint', 'domain'), 100),
      userAgent: text(at(event, 'http_request', 'user_agent')),
      trace: text(at(event, 'api', 'request', 'uid') ?? at(event, 'http_request', 'uid'), 200),
    });
  }

  end(): void {
    this.#window.write(this.#sink);
  }
}

type Place = { provider: string; tenant?: string };

/** `aws`, `okta`, `github`, … by the product that wrote the event. */
function providerOf(event: unknown): string {
  const named =
    text(at(event, 'cloud', 'provider') ?? at(event, 'metadata', 'product', 'vendor_name'), 60) ?? 'ocsf';
  return named.toLowerCase().split(/\s/)[0] ?? 'ocsf';
}

/** In an authentication the user who signs in is the actor, whoever reports it. */
function actorOf(event: unknown, place: Place, classId: number): Mention | null {
  const acting = identityOf(at(event, 'actor', 'user'), place, text(at(event, 'actor', 'session', 'issuer')));
  const subject = identityOf(field(event, 'user'), place, undefined);
  const application = at(event, 'actor', 'invoked_by') ?? at(event, 'actor', 'app_name');
  const found = classId === 3002 ? (acting ?? subject) : acting;
  if (found !== null) return found;
  const name = id(application, 'invoked_by');
  return name === undefined
    ? null
    : { key: `${place.provider}://services/${name.toLowerCase()}`, kind: 'service', ...place, name };
}

function identityOf(user: unknown, place: Place, issuer: string | undefined): Mention | null {
  if (!isObject(user)) return null;
  const uid = id(field(user, 'uid'), 'uid', 700);
  const name = id(field(user, 'name'), 'name');
  const mail = id(field(user, 'email_addr'), 'email_addr');
  if (place.provider === 'aws') {
    const session = issuer?.startsWith('arn:') === true ? issuer : undefined;
    const arn = uid?.startsWith('arn:') === true ? awsKey(uid) : undefined;
    const key =
      session ??
      arn ??
      (name === undefined ? undefined : `aws://${place.tenant ?? 'unknown'}/principals/${name}`);
    if (key === undefined) return null;
    const kind = /:role\//.test(key) ? 'role' : 'service_account';
    return { key, kind, ...place, name: name ?? key.slice(key.lastIndexOf('/') + 1) };
  }
  if (place.provider === 'github' && name !== undefined)
    return { key: githubKey('users', name), kind: 'person', ...place, name };
  if (mail?.includes('@') === true) return { key: personKey(mail), kind: 'person', name: name ?? mail };
  const own = uid ?? name;
  return own === undefined
    ? null
    : {
        key: `${place.provider}://${place.tenant ?? 'default'}/users/${own}`,
        kind: 'person',
        ...place,
        name: name ?? own,
      };
}

function targetOf(event: unknown, place: Place, classId: number): Mention | null {
  const resource = objects(field(event, 'resources'))[0] ?? objects(field(event, 'resource'))[0];
  const named = id(field(resource, 'uid') ?? field(resource, 'name'), 'resource', 700);
  if (resource !== undefined && named !== undefined) {
    const name = text(field(resource, 'name'), 200) ?? named;
    const key =
      place.provider === 'github' && name.includes('/')
        ? githubKey('repos', name)
        : named.startsWith('arn:')
          ? named
          : `${place.provider}://${place.tenant ?? 'default'}/resources/${named}`;
    return { key, kind: 'resource', ...place, type: text(field(resource, 'type'), 100) ?? 'resource', name };
  }
  if (classId === 3001 || classId === 3006) {
    const user = identityOf(field(event, 'user'), place, undefined);
    if (user !== null) return user;
  }
  const group =
    classId === 3006 ? id(at(event, 'group', 'uid') ?? at(event, 'group', 'name'), 'group') : undefined;
  if (group !== undefined)
    return {
      key: `${place.provider}://${place.tenant ?? 'default'}/groups/${group}`,
      kind: 'group',
      ...place,
      name: text(at(event, 'group', 'name'), 200) ?? group,
    };
  const entity = id(at(event, 'entity', 'uid') ?? at(event, 'entity', 'name'), 'entity');
  if (entity !== undefined)
    return {
      key: `${place.provider}://${place.tenant ?? 'default'}/resources/${entity}`,
      kind: 'resource',
      ...place,
      type: text(at(event, 'entity', 'type'), 100) ?? 'entity',
      name: text(at(event, 'entity', 'name'), 200) ?? entity,
    };
  return null;
}

/** What the call went to when it names nothing: the service, or the product that the event is about. */
function serviceOf(event: unknown, place: Place): Mention {
  const service =
    id(
      at(event, 'api', 'service', 'name') ??
        at(event, 'service', 'name') ??
        at(event, 'metadata', 'product', 'name'),
      'service',
    ) ?? place.provider;
  return {
    key: `${place.provider}://${place.tenant ?? 'default'}/services/${service.toLowerCase()}`,
    kind: 'resource',
    ...place,
    type: 'service',
    name: service,
  };
}

/** `status_id` 1 is success and 2 failure; some writers give the word alone. Access refused is told by its code. */
function outcomeOf(event: unknown): Outcome {
  const code = list(
    field(event, 'status_code') ??
      at(event, 'api', 'response', 'error') ??
      at(event, 'api', 'response', 'code'),
  )[0];
  if (/denied|unauthori[sz]ed|forbidden|^40[13]$/i.test(text(code) ?? '')) return 'denied';
  const status = text(field(event, 'status_id')) ?? text(field(event, 'status')) ?? '';
  return status === '2' || /^fail/i.test(status) ? 'failed' : 'allowed';
}
