import type { JsonObject, JsonValue } from '#lib/core/json.ts';
import type { Tx } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { BundleAuditRow } from './bundle.ts';

/** What is done with evidence is in the audit log, and not part of the evidence: else no bundle could be made twice. */
const NOT_EVIDENCE = ['evidence.export', 'evidence.read', 'request.refused'];

/** Time of the audit log, as its hash covers it. */
const AT = Prisma.sql`to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Audit rows of a campaign, its items and the revocations it led to, in the order of the chain: all up to the row of its
 * end, whatever the clocks of web server and database said, and later ones up to `until`.
 */
export async function loadAuditRows(tx: Tx, campaignId: string, until: Date): Promise<BundleAuditRow[]> {
  const rows = await tx.$queryRaw<AuditColumns[]>`
    SELECT seq::text AS seq, ${AT} AS at, actor, actor_name AS "actorName", on_behalf_of AS "onBehalfOf", action, subject,
      before, after, reason, address, request_id AS "requestId", encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash
    FROM audit_event
    WHERE NOT action = ANY(${NOT_EVIDENCE})
      AND (at <= ${until} OR audit_event.seq <= (SELECT max(e.seq) FROM audit_event e
        WHERE e.subject = 'campaign:' || ${campaignId} AND e.action IN ('campaign.close', 'campaign.cancel')))
      AND subject IN (
        SELECT 'campaign:' || ${campaignId}
        UNION ALL SELECT 'review_item:' || id FROM review_item WHERE campaign_id = ${campaignId}
        UNION ALL SELECT 'revocation:' || r.id FROM revocation r JOIN review_item i ON i.id = r.review_item_id
          WHERE i.campaign_id = ${campaignId})
    ORDER BY audit_event.seq`;
  return rows.map(({ previous, hash, ...row }) => ({ row, previous, hash }));
}

type AuditColumns = {
  seq: string;
  at: string;
  actor: string;
  actorName: string;
  onBehalfOf: string | null;
  action: string;
  subject: string;
  before: JsonValue;
  after: JsonValue;
  reason: string | null;
  address: string | null;
  requestId: string | null;
  previous: string;
  hash: string;
};

type RevocationColumns = {
  id: string;
  nodeKey: string;
  toKey: string | null;
  edgeKind: string | null;
  qualifier: string | null;
  reviewItemId: string;
  reason: string;
  requestedBy: string;
  requestedAt: string;
};

const isoOf = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The revocations that reviewers asked for in a campaign, each with its steps up to a time; what changed later is left out. */
export async function loadRevocations(tx: Tx, campaignId: string, until: Date): Promise<JsonObject[]> {
  const rows = await tx.$queryRaw<RevocationColumns[]>`
    SELECT r.id, n.key AS "nodeKey", t.key AS "toKey", e.kind::text AS "edgeKind", e.qualifier,
      r.review_item_id AS "reviewItemId", r.reason, r.requested_by AS "requestedBy", ${isoOf(Prisma.sql`r.requested_at`)} AS "requestedAt"
    FROM revocation r JOIN review_item i ON i.id = r.review_item_id AND i.campaign_id = ${campaignId}
    JOIN node n ON n.id = r.node_id LEFT JOIN edge e ON e.id = r.edge_id LEFT JOIN node t ON t.id = e.to_id
    WHERE r.requested_at <= ${until} ORDER BY r.id`;
  const steps = await tx.$queryRaw<
    { revocationId: string; state: string; at: string; by: string; note: string }[]
  >`
    SELECT revocation_id AS "revocationId", state::text AS state, ${isoOf(Prisma.sql`at`)} AS at, by, note
    FROM revocation_step WHERE revocation_id = ANY(${rows.map((row) => row.id)}::text[]) AND at <= ${until}
    ORDER BY revocation_id, revocation_step.id`;
  return rows.map(({ nodeKey, toKey, edgeKind, qualifier, ...row }) => {
    const own = steps.filter((step) => step.revocationId === row.id);
    return {
      ...row,
      subject: {
        key: nodeKey,
        permission: edgeKind === null ? null : { kind: edgeKind, to: toKey, qualifier },
      },
      state: own.at(-1)?.state ?? 'planned',
      steps: own.map(({ revocationId: _, ...step }) => step),
    };
  });
}
