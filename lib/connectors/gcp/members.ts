import { gcpServiceAccountKey, personKey } from '#lib/core/keys.ts';
import type { Mention } from '../logged-use.ts';

/** Service agents that Google runs by itself; nobody attests or revokes them. */
const GOOGLE_RUN =
  /^(?:service-\d+@|\d+@cloud(?:services|build)\.|.*@gcp-sa-[\w-]+\.iam\.|.*@(?:containerregistry|compute-system|gcf-admin-robot|gcp-gae-service|cloudcomposer-accounts|dataflow-service-producer-prod|container-engine-robot|serverless-robot-prod|gs-project-accounts)\.)/;
const DEFAULT_ACCOUNT = /^(?:\d+-compute@developer\.|[\w-]+@appspot\.)/;

export function serviceAccount(email: string): Mention {
  const name = email.toLowerCase();
  const project =
    /@([\w-]+)\.iam\.gserviceaccount\.com$/.exec(name)?.[1] ?? /^([\w-]+)@appspot\./.exec(name)?.[1];
  return {
    key: gcpServiceAccountKey(name),
    kind: 'service_account',
    provider: 'gcp',
    name,
    ...(project === undefined || project.startsWith('gcp-sa-')
      ? {}
      : { tenant: project, zone: `gcp:${project}` }),
    ...(GOOGLE_RUN.test(name) ? { managed: true, type: 'service_agent' } : {}),
    ...(DEFAULT_ACCOUNT.test(name) ? { type: 'default_service_account' } : {}),
  };
}

/** The identity of a mail address: a service account by its domain, else a person. */
export function byEmail(email: string): Mention {
  return /\.gserviceaccount\.com$/i.test(email)
    ? serviceAccount(email)
    : { key: personKey(email), kind: 'person', name: email };
}

/**
 * A member of an IAM binding (https://cloud.google.com/iam/docs/principal-identifiers). Sets of principals and domains are
 * groups; a deleted member is kept under its unchanging id; what has no known prefix is null.
 */
export function member(text: string): Mention | null {
  if (text === 'allUsers' || text === 'allAuthenticatedUsers') {
    return { key: `gcp://${text}`, kind: 'group', type: 'everyone', provider: 'gcp', name: text };
  }
  const colon = text.indexOf(':');
  const [prefix, rest] = [text.slice(0, colon), text.slice(colon + 1)];
  if (rest === '') return null;
  switch (prefix) {
    case 'serviceAccount':
      return /\.svc\.id\.goog\[/.test(rest) ? workloadIdentity(rest) : serviceAccount(rest);
    case 'user':
      return { key: personKey(rest), kind: 'person', name: rest };
    case 'group':
    case 'domain':
      return {
        key: `gcp://${prefix}s/${rest.toLowerCase()}`,
        kind: 'group',
        type: prefix,
        provider: 'gcp',
        name: rest,
      };
    case 'projectOwner':
    case 'projectEditor':
    case 'projectViewer':
      return {
        key: `gcp://projects/${rest}/${prefix}s`,
        kind: 'group',
        type: 'basic_role_members',
        provider: 'gcp',
        name: text,
      };
    case 'principal':
      return {
        key: text,
        kind: 'service_account',
        type: 'external',
        provider: 'gcp',
        name: text.slice(text.lastIndexOf('/') + 1),
      };
    case 'principalSet':
      return {
        key: text,
        kind: 'group',
        type: 'external',
        provider: 'gcp',
        name: text.slice('principalSet://'.length),
      };
    case 'deleted':
      return {
        key: `gcp://deleted/${rest}`,
        kind: 'service_account',
        type: 'deleted',
        provider: 'gcp',
        name: `deleted ${rest}`,
      };
    default:
      return null;
  }
}

/** `PROJECT.svc.id.goog[NAMESPACE/ACCOUNT]`: a Kubernetes service account of any cluster of the project. */
function workloadIdentity(text: string): Mention {
  const key = `gcp://workloadIdentity/${text}`;
  return {
    key,
    kind: 'service_account',
    type: 'external',
    provider: 'gcp',
    name: /\[(.*)\]/.exec(text)?.[1] ?? text,
  };
}

/** Where something of a project is; a folder or an organisation is in none. */
export function located(project: string | null): { provider: string; tenant?: string; zone?: string } {
  return project === null
    ? { provider: 'gcp' }
    : { provider: 'gcp', tenant: project, zone: `gcp:${project}` };
}
