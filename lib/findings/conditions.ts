import { Prisma } from '#lib/db/generated/client.ts';

/** Conditions on `node n` that several rules share. */

/** Identities that are not people, are there now, and that we (and not the provider) answer for. */
export const OUR_IDENTITY = Prisma.sql`(n.valid_to IS NULL AND NOT n.managed AND n.standing = 'inventory'
  AND n.kind IN ('service', 'agent', 'pipeline', 'integration', 'service_account', 'role'))`;

/** Credentials that open something now: not ended, expired or switched off. */
export const LIVE_CREDENTIAL = Prisma.sql`(n.kind = 'credential' AND n.valid_to IS NULL AND (n.expires_at IS NULL OR n.expires_at > now())
  AND lower(coalesce(n.props->>'state', n.props->>'status', 'active')) NOT IN ('inactive', 'disabled', 'revoked', 'deleted'))`;

/** Access for emergencies is meant to lie unused. */
export const FOR_EMERGENCIES = Prisma.sql`(concat_ws(' ', n.name, n.purpose, n.labels->>'purpose') ~* 'break.?glass|emergency')`;

export const PRODUCTION = Prisma.sql`(n.environment = 'production')`;
