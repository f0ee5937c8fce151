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
import { issuerHost } from '../federated-subject.ts';
import type { Outcome } from '../facts.ts';
import { derivedId, type Mention, writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { field, id, list, text, texts } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { actorsOf, claimsOf, clientOf, identityOf } from './read-claims.ts';

/**
 * Delegated tokens: claim sets, JWTs, and logs of token exchanges (RFC 8693) that carry the claims of what they issued
 * (docs/formats/token-exchange.md).
 */
export const tokenExchange: Connector = {
  name: 'token-exchange',
  title: 'JWT claims and token exchange logs (RFC 8693)',
  kind: 'events',
  syntax: ['json', 'text'],
  lists: [],
  recognise,
  open: (sink, context) => new TokenReader(sink, context),
};

/** Members under which a log of an authorisation server keeps the claims of the token it issued. */
const CLAIM_MEMBERS = [
  'claims',
  'issued_token_claims',
  'token_claims',
  'issued_claims',
  'issued_token',
  'access_token',
] as const;
const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';

function recognise(sample: Sample): number {
  if (sample.syntax === 'text')
    return /^[\w-]{10,}\.[\w-]{10,}\.[\w-]*\s*$/.test(sample.head.split('\n')[0] ?? '') ? 0.8 : 0;
  const first = sample.first;
  if (!isObject(first)) return 0;
  if (field(first, 'grant_type') === GRANT || field(first, 'subject_token_type') !== undefined) return 0.95;
  const isClaims = field(first, 'iss') !== undefined && field(first, 'sub') !== undefined;
  if (isClaims && (field(first, 'act') !== undefined || field(first, 'may_act') !== undefined)) return 0.97;
  return isClaims && field(first, 'exp') !== undefined ? 0.8 : 0;
}

class TokenReader implements Reader {
  readonly #sink: FactSink;
  readonly #asOf: Date;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#asOf = context.asOf;
  }

  record(record: SourceRecord): void {
    const { value } = record;
    const nested = CLAIM_MEMBERS.map((name) => claimsOf(field(value, name))).find((one) => one !== null);
    const claims = nested ?? claimsOf(value);
    if (claims === null) throw new RejectedRecord('neither a set of claims nor a JWT');
    const envelope = nested === undefined ? {} : value;
    const issuer = id(field(claims, 'iss') ?? field(envelope, 'issuer'), 'iss');
    if (issuer === undefined) throw new RejectedRecord('the claims name no issuer');
    const subject = identityOf(claims, issuer);
    if (subject === null) throw new RejectedRecord('the claims name no subject and no client');
    this.#use(claims, envelope, issuer, subject);
    this.#mayAct(claims, issuer, subject);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  /** The issuing of the token: the current actor got it, on behalf of the subject, for the audience. */
  #use(claims: Record<string, unknown>, envelope: unknown, issuer: string, subject: Mention): void {
    const time =
      isoTime(field(envelope, 'time') ?? field(envelope, 'timestamp')) ??
      isoTime(field(claims, 'iat')) ??
      isoTime(field(claims, 'nbf')) ??
      isoTime(this.#asOf.toISOString());
    if (time === null) throw new RejectedRecord('the token has no readable time');
    const actors = actorsOf(claims, issuer);
    const client = id(
      field(claims, 'client_id') ?? field(claims, 'azp') ?? field(envelope, 'client_id'),
      'client_id',
    );
    const holder = client === undefined ? undefined : clientOf(client, issuer);
    const actor = actors[0] ?? holder ?? subject;
    const chain = [...actors, ...(actor.key === subject.key ? [] : [subject])];
    const audience = id(list(field(claims, 'aud'))[0], 'aud', 700) ?? issuer;
    const token = id(field(claims, 'jti'), 'jti');
    const scope = text(field(claims, 'scope') ?? texts(field(claims, 'scp')).join(' '), 400);
    this.#window.see(`oauth:${issuerHost(issuer)}`, time);
    writeUse(this.#sink, {
      id: token ?? derivedId(issuer, time, actor.key, subject.key, audience),
      time,
      actor,
      action:
        field(envelope, 'grant_type') === GRANT || actors.length > 0 ? 'token exchange' : 'token issued',
      outcome: outcomeOf(envelope),
      target: {
        key: `audience://${issuerHost(audience)}`,
        kind: 'resource',
        type: 'audience',
        zone: issuerHost(audience),
        name: audience,
      },
      level: 'use',
      onBehalfOf: actor.key === subject.key ? undefined : subject,
      chain: chain.length > 1 || actors.length > 0 ? (actors.length > 0 ? chain : undefined) : undefined,
      issued: token,
      address: text(field(envelope, 'ip') ?? field(envelope, 'client_ip'), 100),
      trace: text(field(envelope, 'trace_id') ?? field(envelope, 'request_id'), 200),
      purpose: scope === undefined ? undefined : `scope ${scope}`,
    });
    // The chain is asserted by the last issuer alone, which the edge says.
    const links = [...actors, subject];
    for (let index = 0; index + 1 < links.length; index += 1) {
      const [from, to] = [links[index + 1], links[index]];
      if (from === undefined || to === undefined || from.key === to.key) continue;
      this.#sink.edge({
        from: from.key,
        kind: 'delegates',
        to: to.key,
        qualifier: `as ${issuerHost(issuer)} states`.slice(0, 300),
      });
    }
  }

  /** Permission to become the actor; no delegation has happened yet. */
  #mayAct(claims: unknown, issuer: string, subject: Mention): void {
    for (const one of list(field(claims, 'may_act'))) {
      const actor = identityOf(one, issuer);
      if (actor === null || actor.key === subject.key) continue;
      this.#sink.node({ ...actor, standing: 'log' });
      this.#sink.edge({
        from: actor.key,
        kind: 'assumes',
        to: subject.key,
        qualifier: `may_act of a token of ${issuerHost(issuer)}`.slice(0, 300),
        conditional: true,
        props: { condition: 'with the token of the subject' },
      });
    }
  }
}

function outcomeOf(envelope: unknown): Outcome {
  const error =
    text(field(envelope, 'error') ?? field(envelope, 'result') ?? field(envelope, 'status')) ?? 'success';
  if (/^(?:success|ok|issued|allowed|200)$/i.test(error)) return 'allowed';
  return /access_denied|unauthorized|denied|forbidden|invalid_target|40[13]/i.test(error)
    ? 'denied'
    : 'failed';
}
