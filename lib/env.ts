import path from 'node:path';
import { z } from 'zod';

const optionalText = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

/** Every setting that the environment can give. `.env.example` explains each; a test keeps the two equal. */
export const environmentSchema = z.object({
  /** Postgres to use, 15 or newer; without it the embedded one under BAILIWICK_HOME is started. */
  DATABASE_URL: optionalText,
  BAILIWICK_HOME: z.string().default('.bailiwick'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** Address that people open; NEXTAUTH_URL of next-auth is derived from it. */
  BAILIWICK_URL: optionalText,
  /** 32 random bytes in base64 or hex from which every instance key is derived; kept in BAILIWICK_HOME when not given. */
  BAILIWICK_SECRET: optionalText,
  OIDC_ISSUER: optionalText,
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  /** What the button on the sign-in page says. */
  OIDC_NAME: z.string().default('Single sign-on'),
  /** Claim that holds roles or groups, and the values that make each role: `administrator=it-admins,security=sec`. */
  OIDC_ROLE_CLAIM: z.string().default('groups'),
  OIDC_ROLE_MAP: z.string().default(''),
  /** Claim that holds the names of a person's teams; empty: teams are kept by hand. */
  OIDC_TEAM_CLAIM: z.string().default(''),
  OIDC_SCOPES: z.string().default('openid profile email'),
  /** The one algorithm that ID tokens may be signed with. */
  OIDC_SIGNING_ALG: z
    .enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'])
    .default('RS256'),
  /** Hosts, comma-separated, that revocation webhooks and scheduled pulls may reach though they are private addresses. */
  EGRESS_ALLOW: z.string().default(''),
  /** Proxies in front whose X-Forwarded-For is believed; 0: none. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests per minute of one person or API token, over all replicas; strangers get a fifth of it per address. */
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).max(1_000_000).default(3000),
  /** Folder whose files the worker imports as they arrive; empty: none. */
  BAILIWICK_WATCH: optionalText,
  /** Days that raw usage events are kept; sums are kept for good. */
  EVENT_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(400),
});

export type Environment = z.infer<typeof environmentSchema>;

let parsed: Environment | undefined;

/** The environment, read once. Throws with the name of each setting that is wrong. */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env);
  return parsed;
}

function parseEnvironment(values: NodeJS.ProcessEnv): Environment {
  const result = environmentSchema.safeParse(values);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not valid. ${problems.join('; ')}`);
}

/** Absolute path inside the folder that holds all state of the embedded default. */
export function homePath(...parts: string[]): string {
  return path.resolve(/* turbopackIgnore: true */ process.cwd(), env().BAILIWICK_HOME, ...parts);
}

/** Absolute path inside the project, which the command line may be called from outside of. */
export function projectPath(...parts: string[]): string {
  return path.resolve(/* turbopackIgnore: true */ process.env['BAILIWICK_ROOT'] ?? process.cwd(), ...parts);
}

/** Sets a value for this process and those it starts, where a library reads the environment itself (next-auth does). */
export function exportToEnvironment(values: Record<string, string>): void {
  Object.assign(process.env, values);
  parsed = undefined;
}

export const isProduction = (): boolean => process.env.NODE_ENV === 'production';
