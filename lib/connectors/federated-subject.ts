import { federatedSubjectKey, githubKey, k8sKey } from '#lib/core/keys.ts';
import type { Mention } from './logged-use.ts';

/** An issuer as its host and path, since sources write it with and without the scheme. */
export const issuerHost = (address: string): string =>
  address.replace(/^https?:\/\//, '').replace(/\/+$/, '');

/** The identity of a token by its issuer and subject: a repository's pipeline, a Kubernetes service account, or another. */
export function federatedSubject(issuer: string, subject: string): Mention {
  const host = issuerHost(issuer);
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject);
  if (account) {
    const [, namespace = '', name = ''] = account;
    return {
      key: k8sKey(host, 'serviceaccounts', namespace, name),
      kind: 'service_account',
      provider: 'kubernetes',
      tenant: host,
      name: `${namespace}/${name}`,
    };
  }
  const isPipeline = /^(?:repo|project_path|organization|project):/.test(subject);
  return {
    key: federatedSubjectKey(host, subject),
    kind: isPipeline ? 'pipeline' : 'service_account',
    type: 'federated_subject',
    zone: `federated:${host}`,
    name: subject,
  };
}

/** The repository whose workflows get tokens with this subject: whoever can change it runs code as the subject. */
export function repositoryOfSubject(issuer: string, subject: string): Mention | null {
  const name = /^repo:([\w.-]+\/[\w.-]+):/.exec(subject)?.[1];
  if (name === undefined || issuerHost(issuer) !== 'token.actions.githubusercontent.com') return null;
  return { key: githubKey('repos', name), kind: 'resource', provider: 'github', type: 'repository', name };
}
