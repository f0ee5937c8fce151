import { isDemo } from './demo-users.ts';
import { hasOidc, oidcIssuer } from './oidc-provider.ts';
import { parseRoleMap } from './role-of-claims.ts';
import { env } from '#lib/env.ts';
import { isServedOverHttps, publicUrl } from '#lib/http/public-url.ts';
import type { SettingsView } from './settings-schema.ts';

/** How this installation is configured, without any secret. */
export async function readSettings(): Promise<SettingsView> {
  const set = env();
  return {
    publicUrl: publicUrl().origin,
    isPublicUrlGiven: set.BAILIWICK_URL !== undefined,
    isHttps: isServedOverHttps(),
    isEmbeddedDatabase: set.DATABASE_URL === undefined,
    trustedProxies: set.TRUSTED_PROXIES,
    requestsPerMinute: set.REQUESTS_PER_MINUTE,
    eventRetentionDays: set.EVENT_RETENTION_DAYS,
    egressAllow: set.EGRESS_ALLOW.split(',').flatMap((host) => host.trim() || []),
    isDemo: await isDemo(),
    singleSignOn: hasOidc()
      ? {
          issuer: oidcIssuer() ?? '',
          clientId: set.OIDC_CLIENT_ID ?? '',
          hasClientSecret: set.OIDC_CLIENT_SECRET !== undefined,
          redirectUri: `${publicUrl().origin}/api/auth/callback/oidc`,
          scopes: set.OIDC_SCOPES,
          signingAlgorithm: set.OIDC_SIGNING_ALG,
          roleClaim: set.OIDC_ROLE_CLAIM,
          roles: parseRoleMap(set.OIDC_ROLE_MAP),
          teamClaim: set.OIDC_TEAM_CLAIM,
        }
      : null,
  };
}
