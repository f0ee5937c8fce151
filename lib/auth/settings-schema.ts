import { z } from 'zod';
import { roleName } from './users/schema.ts';

export const settingsView = z.object({
  publicUrl: z.string(),
  isPublicUrlGiven: z.boolean(),
  isHttps: z.boolean(),
  isEmbeddedDatabase: z.boolean(),
  trustedProxies: z.number(),
  requestsPerMinute: z.number(),
  eventRetentionDays: z.number(),
  egressAllow: z.array(z.string()),
  isDemo: z.boolean(),
  singleSignOn: z
    .object({
      issuer: z.string(),
      clientId: z.string(),
      hasClientSecret: z.boolean(),
      redirectUri: z.string(),
      scopes: z.string(),
      signingAlgorithm: z.string(),
      roleClaim: z.string(),
      roles: z.array(z.object({ role: roleName, value: z.string() })),
      teamClaim: z.string(),
    })
    .nullable(),
});
export type SettingsView = z.infer<typeof settingsView>;

/** Whether the provider answers as it must, asked now. */
export const providerCheck = z.object({ ok: z.boolean(), detail: z.string() });
