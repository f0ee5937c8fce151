/**
 * Canonical keys: every source that sees the same thing must name it by the same text. Keys are data from outside:
 * they may hold colons, slashes, percent signs and emoji, and are never used as keys of a plain object.
 */

/** Longest key that is stored, in UTF-16 units; longer ones are rejected with their record. */
export const KEY_LENGTH_MAX = 1024;

/** Longest key in bytes of UTF-8. */
export const KEY_BYTES_MAX = 2_048;
/** Whether a text is short enough to be a key. */
export const fitsKey = (text: string): boolean =>
  text.length <= KEY_LENGTH_MAX &&
  (text.length <= KEY_BYTES_MAX / 3 || Buffer.byteLength(text) <= KEY_BYTES_MAX);

const ASSUMED_ROLE = /^arn:(aws[a-z-]*):sts::(\d+):assumed-role\/([^/]+)(?:\/.*)?$/;

/** ARN as it is, but a session of an assumed role (`arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`) folds into its role. */
export function awsKey(arn: string): string {
  const session = ASSUMED_ROLE.exec(arn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : arn;
}

/** The account as a resource; `arn:aws:iam::ACCOUNT:root` names its principals. */
export const awsAccountKey = (account: string): string => `aws://${account}`;
/** All that one AWS service holds in one account: what `Resource: "*"` of a statement about that service means. */
export const awsServiceKey = (account: string, service: string): string => `aws://${account}/${service}`;
export const awsAccessKeyKey = (accessKeyId: string): string => `aws://access-keys/${accessKeyId}`;
/** A principal of another account that a log names by its unique id alone. */
export const awsUniqueIdKey = (account: string, id: string): string => `aws://${account}/principals/${id}`;
/** The subject of a federated token, such as a workload of a build system, at the provider that vouches for it. */
export const federatedSubjectKey = (issuer: string, subject: string): string =>
  `oauth://${issuer}/subjects/${subject}`;
/** Who holds all of an account: what the techniques of privilege escalation lead to. */
export const awsAdministratorKey = (account: string): string => `aws://${account}/administrator`;
/** The root user of an account: one sign-in, unlike `arn:aws:iam::ACCOUNT:root`, which names all its principals. */
export const awsRootUserKey = (account: string): string => `aws://${account}/root-user`;
/** A policy that AWS maintains, as it takes effect in one account. */
export const awsManagedPolicyKey = (account: string, arn: string): string =>
  `aws://${account}/policies/${arn.slice(arn.indexOf('policy/') + 'policy/'.length)}`;
/** `Principal: "*"`: anyone at all. */
export const AWS_ANYONE_KEY = 'aws://anyone';
/** A principal such as `lambda.amazonaws.com`. */
export const awsServicePrincipalKey = (host: string): string => `aws://services/${host}`;

export const k8sKey = (cluster: string, plural: string, namespace: string | null, name: string): string =>
  namespace === null
    ? `k8s://${cluster}/${plural}/${name}`
    : `k8s://${cluster}/${plural}/${namespace}/${name}`;

export const k8sClusterKey = (cluster: string): string => `k8s://${cluster}`;
export const k8sNamespaceKey = (cluster: string, namespace: string): string =>
  k8sKey(cluster, 'namespaces', null, namespace);
/**
 * All objects of one type (`secrets`, `deployments.apps`, `pods/exec`) in one namespace, or in the whole cluster. Starts
 * like the keys of the objects themselves, so that `KEY/*` is the pattern of what it holds.
 */
export const k8sCollectionKey = (cluster: string, resource: string, namespace: string | null): string => {
  const name = resource.replaceAll('/', '%2F');
  return namespace === null ? `k8s://${cluster}/${name}` : `k8s://${cluster}/${name}/${namespace}`;
};

/** `kind:namespace/name` without regard to case, as Backstage compares references. */
export const backstageKey = (namespace: string, kind: string, name: string): string =>
  `backstage://${namespace.toLowerCase()}/${kind.toLowerCase()}/${name.toLowerCase()}`;

export const entraKey = (tenant: string, type: string, id: string): string =>
  `entra://${tenant}/${type}/${id.toLowerCase()}`;
/** An application by its client id alone, for sources that do not know the tenant. */
export const entraAppKey = (appId: string): string => `entra://apps/${appId.toLowerCase()}`;
export const gcpServiceAccountKey = (email: string): string => `gcp://serviceAccounts/${email.toLowerCase()}`;
export const oauthClientKey = (issuer: string, client: string): string =>
  `oauth://${issuer}/clients/${client}`;
export const githubKey = (type: 'repos' | 'users' | 'teams' | 'orgs' | 'apps', name: string): string =>
  `github://${type}/${name.toLowerCase()}`;
export const vaultKey = (cluster: string, type: string, id: string): string =>
  `vault://${cluster}/${type}/${id}`;
export const agentKey = (host: string, name: string): string => `agent://${host}/${name}`;
export const mcpServerKey = (server: string): string => `mcp://${server}`;
export const mcpToolKey = (server: string, tool: string): string => `mcp://${server}/tools/${tool}`;
export const personKey = (email: string): string => `mailto:${email.trim().toLowerCase()}`;
/** A team that a source knows by its name alone, such as the value of a tag. */
export const teamKey = (name: string): string => `team://${name.trim().toLowerCase()}`;
/** A secret value that is known only by its keyed fingerprint. */
export const fingerprintKey = (provider: string, fingerprint: string): string =>
  `secret://${provider}/${fingerprint}`;
