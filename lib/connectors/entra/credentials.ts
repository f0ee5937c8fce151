import { federatedSubject, repositoryOfSubject } from '../federated-subject.ts';
import type { NodeFact } from '../facts.ts';
import { field, id, objects, text, texts } from '../read-value.ts';
import { isoTime } from '../time.ts';
import type { Mention } from '../logged-use.ts';
import { credentialKey, type CredentialType, located } from './directory.ts';

/** Certificates and secrets of an application or service principal; the values are never in Graph, and never read. */
export function readCredentials(tenant: string, appId: string, object: Record<string, unknown>): NodeFact[] {
  const found: NodeFact[] = [];
  const add = (list: string, type: CredentialType): void => {
    for (const entry of objects(field(object, list))) {
      const keyId = id(field(entry, 'keyId'), 'keyId');
      if (keyId === undefined) continue;
      const created = isoTime(field(entry, 'startDateTime'));
      const expires = isoTime(field(entry, 'endDateTime'));
      found.push({
        key: credentialKey(tenant, appId, type, keyId),
        kind: 'credential',
        standing: 'inventory',
        type,
        name: text(field(entry, 'displayName'), 200) ?? keyId,
        boundTo: 'workload',
        ...(created === null ? {} : { createdAt: created }),
        ...(expires === null ? {} : { expiresAt: expires }),
        ...located(tenant),
      });
    }
  };
  add('keyCredentials', 'certificate');
  add('passwordCredentials', 'client_secret');
  return found;
}

/** Outside identities that federated credentials let in, each with what narrows it. */
export function readFederations(
  object: Record<string, unknown>,
): { subject: Mention; repository: Mention | null; qualifier: string; note?: string }[] {
  const entries = [
    ...objects(field(object, 'federatedIdentityCredentials')),
    ...objects(field(object, 'federatedCredentials')),
  ];
  return entries.flatMap((entry) => {
    const issuer = id(field(entry, 'issuer'), 'issuer');
    const subject = id(field(entry, 'subject'), 'subject');
    if (issuer === undefined || subject === undefined) return [];
    const audiences = texts(field(entry, 'audiences'), 200)
      .flatMap((one) => one.split(/\s+/))
      .filter((one) => one !== '');
    const qualifier = `federated credential for ${audiences.join(', ')}`.slice(0, 400);
    const note = /:pull_request$/.test(subject) ? 'any pull request of the repository gets in' : undefined;
    return [
      {
        subject: federatedSubject(issuer, subject),
        repository: repositoryOfSubject(issuer, subject),
        qualifier,
        ...(note === undefined ? {} : { note }),
      },
    ];
  });
}
