import { isObject } from '#lib/core/json.ts';
import { oauthClientKey, personKey } from '#lib/core/keys.ts';
import { RejectedRecord } from '../connector.ts';
import { federatedSubject, issuerHost } from '../federated-subject.ts';
import type { Mention } from '../logged-use.ts';
import { embeddedJson, field, id } from '../read-value.ts';

/** Deepest nesting of `act` that is followed; RFC 8693 sets no bound. */
const CHAIN_DEPTH_MAX = 16;

const TOKEN = /^[\w-]{4,}\.([\w-]{4,})\.[\w-]*$/;

/** Claims of a token: an object as it is, or the payload of a JWT, whose signature is not kept. Null for neither. */
export function claimsOf(value: unknown): Record<string, unknown> | null {
  if (isObject(value)) return value;
  if (typeof value !== 'string' || value.length > 64 * 1024) return null;
  const payload = TOKEN.exec(value.trim())?.[1];
  if (payload === undefined) return null;
  const claims = embeddedJson(Buffer.from(payload, 'base64url').toString('utf8'));
  return isObject(claims) ? claims : null;
}

/** Identity of a `sub` (or of an actor without one: `client_id`, or `iss` and `sub` of its own), as this issuer knows it. */
export function identityOf(claims: unknown, issuer: string): Mention | null {
  const subject = id(field(claims, 'sub'), 'sub', 700);
  const own = id(field(claims, 'iss'), 'iss') ?? issuer;
  if (subject !== undefined) return bySubject(subject, own);
  const client = id(field(claims, 'client_id') ?? field(claims, 'azp'), 'client_id');
  return client === undefined ? null : clientOf(client, own);
}

function bySubject(subject: string, issuer: string): Mention {
  if (subject.startsWith('spiffe://'))
    return { key: subject, kind: 'service_account', provider: 'spiffe', name: subject };
  if (/^[^\s@/:]+@[^\s@/:]+$/.test(subject)) {
    return /gserviceaccount\.com$/.test(subject)
      ? {
          key: `gcp://serviceAccounts/${subject.toLowerCase()}`,
          kind: 'service_account',
          provider: 'gcp',
          name: subject,
        }
      : { key: personKey(subject), kind: 'person', name: subject };
  }
  if (/^https?:\/\//.test(subject))
    return {
      key: `service://${issuerHost(subject)}`,
      kind: 'service',
      zone: issuerHost(subject),
      name: subject,
    };
  return federatedSubject(issuer, subject);
}

export function clientOf(client: string, issuer: string): Mention {
  const zone = issuerHost(issuer);
  return {
    key: oauthClientKey(zone, client),
    kind: 'integration',
    type: 'oauth_client',
    provider: zone,
    zone,
    name: client,
  };
}

/** Actors of nested `act` claims, the current one first: the outermost counts for access, the others are history. */
export function actorsOf(claims: unknown, issuer: string): Mention[] {
  const actors: Mention[] = [];
  let act = field(claims, 'act');
  while (isObject(act)) {
    if (actors.length >= CHAIN_DEPTH_MAX)
      throw new RejectedRecord(`act is nested more than ${CHAIN_DEPTH_MAX} levels deep`);
    const actor = identityOf(act, issuer);
    if (actor !== null) actors.push(actor);
    act = field(act, 'act');
  }
  return actors;
}
