import { db } from '#lib/db/client.ts';

export type FactsRow = {
  tenant: string | null;
  purpose: string | null;
  ownerPerson: string | null;
  ownerBackup: string | null;
  boundTo: string | null;
  runtimeAuthorised: boolean | null;
  createdAt: Date | null;
  rotatedAt: Date | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  attestedUntil: Date | null;
  validFrom: Date;
  sources: string[];
};

/** How an identity is reached by what proves it and by what runs with it. */
export type TiesRow = { workloads: number; people: number; credentials: number; standing: number };

/** Allowed uses as logs tell them: by the node itself, with it as the credential, or of it as the target. */
export type UseRow = { uses: number; callers: number; lastAt: Date | null };

export async function loadFacts(id: number): Promise<FactsRow | null> {
  const [row] = await db().$queryRaw<FactsRow[]>`
    SELECT n.tenant, n.purpose, p.name AS "ownerPerson", b.name AS "ownerBackup", n.bound_to AS "boundTo",
      n.runtime_authorised AS "runtimeAuthorised", n.created_at AS "createdAt", n.rotated_at AS "rotatedAt",
      n.expires_at AS "expiresAt", GREATEST(n.last_used_at, n.last_seen_in_logs) AS "lastUsedAt",
      n.attested_until AS "attestedUntil", n.valid_from AS "validFrom",
      ARRAY(SELECT DISTINCT s.name FROM node_fact f JOIN source s ON s.id = f.source_id
            WHERE f.node_id = n.id AND f.valid_to IS NULL ORDER BY s.name) AS sources
    FROM node n LEFT JOIN node p ON p.id = n.owner_person_id LEFT JOIN node b ON b.id = n.owner_backup_id
    WHERE n.id = ${id}`;
  return row ?? null;
}

/** A credential is standing when no end of it is stated, or one later than `standingFromHours` after its making. */
export async function loadTies(id: number, standingFromHours: number): Promise<TiesRow> {
  const [row] = await db().$queryRaw<TiesRow[]>`
    SELECT
      count(DISTINCT f.id) FILTER (WHERE e.kind = 'runs_as' OR (e.kind = 'assumes' AND f.kind <> 'person'))::int AS workloads,
      count(DISTINCT f.id) FILTER (WHERE e.kind = 'assumes' AND f.kind = 'person')::int AS people,
      count(DISTINCT f.id) FILTER (WHERE e.kind = 'authenticates')::int AS credentials,
      count(DISTINCT f.id) FILTER (WHERE e.kind = 'authenticates' AND (f.expires_at IS NULL
        OR f.expires_at > COALESCE(f.rotated_at, f.created_at) + make_interval(hours => ${standingFromHours})))::int AS standing
    FROM edge e JOIN node f ON f.id = e.from_id
    WHERE e.to_id = ${id} AND e.valid_to IS NULL AND f.valid_to IS NULL AND e.kind IN ('runs_as', 'assumes', 'authenticates')`;
  return row ?? { workloads: 0, people: 0, credentials: 0, standing: 0 };
}

export async function loadUse(id: number): Promise<UseRow> {
  const [row] = await db().$queryRaw<UseRow[]>`
    SELECT COALESCE(sum(allowed), 0)::int AS uses, count(DISTINCT actor_id)::int AS callers, max(last_at) AS "lastAt"
    FROM usage_day WHERE (actor_id = ${id} OR credential_id = ${id} OR target_id = ${id}) AND allowed > 0`;
  return row ?? { uses: 0, callers: 0, lastAt: null };
}
