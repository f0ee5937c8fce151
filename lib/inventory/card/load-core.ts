import type { RowScope } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { CLASS_OF, watchedTable, type WatchedClass } from '#lib/usage/watched-classes.ts';
import { LAST_USED, LIFETIME, USE_STATE, visible } from '../node-conditions.ts';
import type { NodeListRow } from '../schema.ts';

export type CoreRow = Omit<
  NodeListRow,
  'lastUsed' | 'createdAt' | 'rotatedAt' | 'expiresAt' | 'attestedUntil' | 'owner' | 'ownerKey'
> & {
  lastUsed: Date | null;
  createdAt: Date | null;
  rotatedAt: Date | null;
  expiresAt: Date | null;
  attestedUntil: Date | null;
  purpose: string | null;
  boundTo: string | null;
  runtimeAuthorised: boolean | null;
  lastSeenInLogs: Date | null;
  lastUsedAt: Date | null;
  validFrom: Date;
  validTo: Date | null;
  labels: unknown;
  props: unknown;
  ownerId: number | null;
  ownerPersonId: number | null;
  ownerBackupId: number | null;
  watchedBy: string | null;
  watchedFrom: Date | null;
  watchedTo: Date | null;
  watchedDays: number | null;
};

/** The node with this key, alias or number, where the scope lets it be seen; null otherwise. */
export async function loadCore(
  which: { key: string } | { id: number },
  scope: RowScope,
  classes: readonly WatchedClass[],
): Promise<CoreRow | null> {
  const id =
    'id' in which
      ? Prisma.sql`${which.id}`
      : Prisma.sql`COALESCE((SELECT id FROM node WHERE key = ${which.key}),
          (SELECT node_id FROM node_alias WHERE alias = ${which.key}))`;
  const [row] = await db().$queryRaw<CoreRow[]>`
    WITH ${watchedTable(classes)}
    SELECT n.id, n.key, n.name, n.kind::text AS kind, n.type, n.standing::text AS standing, n.provider, n.tenant, n.environment, n.zone,
      n.sensitivity::text AS sensitivity, n.managed, ${USE_STATE} AS use, ${LAST_USED} AS "lastUsed", ${LIFETIME} AS lifetime,
      n.created_at AS "createdAt", n.rotated_at AS "rotatedAt", n.expires_at AS "expiresAt", n.attested_until AS "attestedUntil",
      n.valid_to IS NOT NULL AS ended, n.purpose, n.bound_to AS "boundTo", n.runtime_authorised AS "runtimeAuthorised",
      n.last_seen_in_logs AS "lastSeenInLogs", n.last_used_at AS "lastUsedAt", n.valid_from AS "validFrom", n.valid_to AS "validTo",
      n.labels, n.props, n.owner_id AS "ownerId", n.owner_person_id AS "ownerPersonId", n.owner_backup_id AS "ownerBackupId",
      w.source AS "watchedBy", w.from_time AS "watchedFrom", w.to_time AS "watchedTo", w.days AS "watchedDays",
      (SELECT count(*)::int FROM finding f WHERE f.node_id = n.id AND f.state = 'open') AS findings
    FROM node n LEFT JOIN watched w ON w.name = ${CLASS_OF} WHERE n.id = ${id} AND ${visible(scope)}`;
  return row ?? null;
}
