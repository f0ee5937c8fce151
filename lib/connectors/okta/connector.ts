import { isObject } from '#lib/core/json.ts';
import { personKey } from '#lib/core/keys.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
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
import { derivedId, levelOfAction, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, objects, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** Okta System Log entries (docs/formats/okta.md). The organisation is `defaults.tenant`. */
export const okta: Connector = {
  name: 'okta',
  title: 'Okta system log',
  kind: 'events',
  syntax: ['json'],
  lists: ['records', 'events'],
  recognise,
  open: (sink, context) => new OktaReader(sink, context),
};

function recognise(sample: Sample): number {
  const listed = field(sample.first, 'records') ?? field(sample.first, 'events');
  const entry = Array.isArray(listed) ? (listed[0] as unknown) : sample.first;
  if (field(entry, 'eventType') === undefined || field(entry, 'published') === undefined) return 0;
  return isObject(field(entry, 'actor')) || field(entry, 'legacyEventType') !== undefined ? 0.97 : 0.5;
}

const KINDS = new Map<string, NodeKind>([
  ['user', 'person'],
  ['appuser', 'person'],
  ['publicclientapp', 'integration'],
  ['appinstance', 'integration'],
  ['systemprincipal', 'service'],
  ['usergroup', 'group'],
  ['token', 'credential'],
]);

class OktaReader implements Reader {
  readonly #sink: FactSink;
  readonly #org: string;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#org = context.defaults.tenant ?? 'default';
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    const action = requiredId(field(entry, 'eventType'), 'eventType');
    const time = isoTime(field(entry, 'published'));
    if (time === null) throw new RejectedRecord('the entry has no readable time');
    const actor = this.#thing(field(entry, 'actor'), 'service_account');
    const targets = objects(field(entry, 'target'));
    const debug = at(entry, 'debugContext', 'debugData');
    const token = id(at(entry, 'transaction', 'detail', 'requestApiTokenId'), 'API token id');
    const own = targets.map((one) => this.#thing(one)).filter((one) => one !== null);
    if (actor === null) throw new RejectedRecord('the entry names no actor');
    const uuid = id(field(entry, 'uuid'), 'uuid');
    const client = id(field(debug, 'clientId'), 'client id');
    this.#window.see(`okta:${this.#org}`, time);
    const made = own.find(({ type }) => type === 'api_token');
    const target =
      own.find(({ kind, key }) => kind !== 'credential' && key !== actor.key) ?? this.#organisation();
    writeUse(this.#sink, {
      id: uuid ?? derivedId(time, action, actor.key, target.key),
      time,
      actor,
      action,
      outcome: outcomeOf(entry),
      target,
      level: levelOfAction(action),
      credential: token === undefined ? undefined : this.#apiToken(token, token),
      chain: client === undefined || actor.kind !== 'person' ? undefined : [this.#client(client), actor],
      session: text(at(entry, 'authenticationContext', 'externalSessionId'), 200),
      address: text(at(entry, 'client', 'ipAddress'), 100),
      userAgent: text(at(entry, 'client', 'userAgent', 'rawUserAgent')),
      trace: text(at(entry, 'transaction', 'id'), 200),
      purpose: text(field(debug, 'grantType'), 200),
    });
    if (made !== undefined) this.#tokenLife(made, actor, action, time);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  /** An API token acts with all the rights of the user who made it. */
  #tokenLife(token: Mention, actor: Mention, action: string, time: string): void {
    const isCreated = /\.create$/.test(action);
    const life = isCreated ? { createdAt: time } : /\.revoke$/.test(action) ? { expiresAt: time } : {};
    this.#sink.node({ ...token, ...life, standing: 'log' });
    if (!isCreated) return;
    this.#sink.edge({ from: token.key, kind: 'authenticates', to: actor.key });
    this.#sink.edge({ from: actor.key, kind: 'holds', to: token.key });
  }

  /** `other` is the kind of a thing whose type says none: an actor acts, a target is a resource. */
  #thing(value: unknown, other: NodeKind = 'resource'): Mention | null {
    const own = id(field(value, 'id'), 'id');
    const mail = id(field(value, 'alternateId'), 'alternateId');
    const written = text(field(value, 'type'), 60) ?? 'unknown';
    const type = written.toLowerCase().replaceAll(' ', '');
    const kind = KINDS.get(type);
    const name = text(field(value, 'displayName'), 200) ?? mail ?? own;
    if (own === undefined && mail === undefined) return null;
    if (kind === 'person') {
      if (mail?.includes('@')) return { key: personKey(mail), kind, name: name ?? mail };
      return {
        key: `okta://${this.#org}/users/${own ?? mail ?? ''}`,
        kind,
        ...this.#located(),
        name: name ?? written,
      };
    }
    if (kind === 'credential' && other === 'resource') return this.#apiToken(own ?? mail ?? '', name ?? '');
    const place = kind === undefined && other !== 'resource' ? 'actors' : plural(type);
    const key = `okta://${this.#org}/${place}/${own ?? mail ?? ''}`;
    return {
      key,
      kind: kind === undefined || kind === 'credential' ? other : kind,
      type: written,
      name: name ?? written,
      ...this.#located(),
    };
  }

  #apiToken(tokenId: string, name: string): Mention {
    return {
      key: `okta://${this.#org}/tokens/${tokenId}`,
      kind: 'credential',
      type: 'api_token',
      name,
      ...this.#located(),
    };
  }

  #client(clientId: string): Mention {
    return {
      key: `okta://${this.#org}/publicclientapps/${clientId}`,
      kind: 'integration',
      type: 'oauth_client',
      name: clientId,
      ...this.#located(),
    };
  }

  #organisation(): Mention {
    return {
      key: `okta://${this.#org}`,
      kind: 'resource',
      type: 'organisation',
      name: this.#org,
      ...this.#located(),
    };
  }

  #located(): { provider: string; tenant: string; zone: string } {
    return { provider: 'okta', tenant: this.#org, zone: `okta:${this.#org}` };
  }
}

const plural = (type: string): string => `${type.replace(/[^a-z]/g, '') || 'object'}s`;

/** CHALLENGE and SKIPPED are steps of a sign-in that went on; an entry without a result reports something that happened. */
function outcomeOf(entry: unknown): Outcome {
  const result = text(at(entry, 'outcome', 'result'))?.toUpperCase();
  if (result === 'DENY') return 'denied';
  if (result !== 'FAILURE') return 'allowed';
  return /denied|not.?authori[sz]ed|forbidden|locked/i.test(text(at(entry, 'outcome', 'reason')) ?? '')
    ? 'denied'
    : 'failed';
}
