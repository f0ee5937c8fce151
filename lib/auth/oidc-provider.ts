import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env } from '#lib/env.ts';
import type { OidcClaims } from './sign-in-oidc.ts';

const HTTP_TIMEOUT_MS = 10_000;

/** Whether single sign-on is configured. */
export const hasOidc = (): boolean => env().OIDC_ISSUER !== undefined && env().OIDC_CLIENT_ID !== undefined;

/** The issuer exactly as its ID tokens must name it (OpenID Connect Core section 3.1.3.7). */
export const oidcIssuer = (): string | undefined => env().OIDC_ISSUER;

/**
 * Any OpenID Connect provider by its discovery document, authorisation code flow with PKCE, state and nonce. One
 * signing algorithm is accepted, so that a token can neither be unsigned nor signed with the public key as a secret.
 */
export function oidcProvider(): OAuthConfig<OidcClaims> {
  const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_SCOPES, OIDC_SIGNING_ALG } = env();
  const issuer = oidcIssuer();
  if (issuer === undefined || OIDC_CLIENT_ID === undefined) throw new Error('OIDC is not configured.');
  return {
    id: 'oidc',
    name: OIDC_NAME,
    type: 'oauth',
    issuer,
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    ...(OIDC_CLIENT_SECRET === undefined ? {} : { clientSecret: OIDC_CLIENT_SECRET }),
    client: {
      id_token_signed_response_alg: OIDC_SIGNING_ALG,
      token_endpoint_auth_method: OIDC_CLIENT_SECRET === undefined ? 'none' : 'client_secret_basic',
    },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: OIDC_SCOPES } },
    httpOptions: { timeout: HTTP_TIMEOUT_MS },
    // The person is looked up in `signInWithOidc`; next-auth only needs an id here.
    profile: (claims) => ({ id: String(claims['sub']) }),
  };
}
