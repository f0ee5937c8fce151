import type { Environment } from '#lib/ontology/node-kinds.ts';

export type Account = { readonly id: string; readonly name: string; readonly environment: Environment };

/** The numbers that AWS uses in its own documentation, so that nobody's account is named. */
export const PRODUCTION: Account = { id: '111122223333', name: 'production', environment: 'production' };
export const STAGING: Account = { id: '444455556666', name: 'staging', environment: 'staging' };
export const SHARED: Account = { id: '777788889999', name: 'shared', environment: 'shared' };
export const ACCOUNTS: readonly Account[] = [PRODUCTION, STAGING, SHARED];

export const REGION = 'eu-central-1';
export const DOMAIN = 'meridian.example';
export const ORGANISATION = 'meridian-freight';
export const IDENTITY_PROVIDER = `login.${DOMAIN}`;
export const GATEWAY = `api.${DOMAIN}`;
export const AGENT_HOST = `agents.${DOMAIN}`;
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

export type Cluster = { readonly name: string; readonly account: Account; readonly issuer: string };

const cluster = (name: string, account: Account, id: string): Cluster => ({
  name,
  account,
  issuer: `oidc.eks.${REGION}.amazonaws.com/id/${id}`,
});
export const PRODUCTION_CLUSTER = cluster(
  'meridian-production',
  PRODUCTION,
  'A41C7D20E95B43F6A0D7C18E52B6F903',
);
export const STAGING_CLUSTER = cluster('meridian-staging', STAGING, '5E0B9D3374C84A1FB2E6D71A90C4F825');
export const TOOLS_CLUSTER = cluster('meridian-tools', SHARED, 'D98A6F1C02E74B5D8C3F4A7B61E0925D');
export const CLUSTERS: readonly Cluster[] = [PRODUCTION_CLUSTER, STAGING_CLUSTER, TOOLS_CLUSTER];

export const iamArn = (account: Account, rest: string): string => `arn:aws:iam::${account.id}:${rest}`;
export const oidcProviderArn = (account: Account, issuer: string): string =>
  iamArn(account, `oidc-provider/${issuer}`);
export const samlProviderArn = (account: Account): string =>
  iamArn(account, 'saml-provider/AWSSSO_meridian_DO_NOT_DELETE');
export const awsManagedPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
export const regionalArn = (service: string, account: Account, rest: string): string =>
  `arn:aws:${service}:${REGION}:${account.id}:${rest}`;

export const repositoryKey = (name: string): string => `github://repos/${ORGANISATION}/${name}`;
export const pipelineKey = (repository: string): string => `${repositoryKey(repository)}/workflows/release`;
export const apiKey = (name: string): string => `api://${GATEWAY}/${name}`;
export const gatewayKeyKey = (id: string): string => `api://${GATEWAY}/keys/${id}`;
export const oauthGrantKey = (id: string): string => `oauth://${IDENTITY_PROVIDER}/grants/${id}`;
