import type { Tx } from '#lib/db/client.ts';
import type { AccessLevel, EdgeKind, NodeKind } from '#lib/db/generated/enums.ts';
import { hopSentence } from '#lib/ontology/hop.ts';
import type { Subject } from '#lib/usage/use-selectors.ts';
import type { RevocationSubject } from './schema.ts';

type Row = {
  ref: number;
  nodeId: number;
  key: string;
  name: string;
  kind: NodeKind;
  provider: string | null;
  tenant: string | null;
  environment: string | null;
  ownerKey: string | null;
  ownerName: string | null;
  nodeLive: boolean;
  edgeId: number | null;
  edgeKind: EdgeKind | null;
  level: AccessLevel | null;
  qualifier: string | null;
  conditional: boolean | null;
  edgeLive: boolean | null;
  toKey: string | null;
  toName: string | null;
  toKind: NodeKind | null;
};

/** The things that revocations are about, in the order asked for; null for one that does not exist. */
export async function loadSubjects(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<(RevocationSubject | null)[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.ref, n.id AS "nodeId", n.key, n.name, n.kind, n.provider, n.tenant, n.environment,
      o.key AS "ownerKey", o.name AS "ownerName", n.valid_to IS NULL AS "nodeLive",
      e.id AS "edgeId", e.kind AS "edgeKind", e.level, e.qualifier, e.conditional, e.valid_to IS NULL AS "edgeLive",
      t.key AS "toKey", t.name AS "toName", t.kind AS "toKind"
    FROM unnest(${subjects.map((_, i) => i)}::int[], ${subjects.map((s) => s.nodeId)}::int[],
      ${subjects.map((s) => s.edgeId)}::int[]) AS s(ref, node_id, edge_id)
    LEFT JOIN edge e ON e.id = s.edge_id
    JOIN node n ON n.id = coalesce(e.from_id, s.node_id)
    LEFT JOIN node o ON o.id = n.owner_id
    LEFT JOIN node t ON t.id = e.to_id
    WHERE s.edge_id IS NULL OR e.id IS NOT NULL`;
  const byRef = new Map(rows.map((row) => [row.ref, toSubject(row)]));
  return subjects.map((_, ref) => byRef.get(ref) ?? null);
}

function toSubject(row: Row): RevocationSubject {
  const permission = toPermission(row);
  return {
    type: permission ? 'permission' : row.kind === 'credential' ? 'credential' : 'identity',
    nodeId: row.nodeId,
    edgeId: row.edgeId,
    key: row.key,
    name: row.name,
    kind: row.kind,
    provider: row.provider,
    tenant: row.tenant,
    environment: row.environment,
    owner: row.ownerKey === null ? null : { key: row.ownerKey, name: row.ownerName ?? row.ownerKey },
    permission,
    live: row.nodeLive && row.edgeLive !== false,
  };
}

function toPermission(row: Row): RevocationSubject['permission'] {
  if (row.edgeKind === null || row.toKey === null || row.toKind === null) return null;
  const toName = row.toName ?? row.toKey;
  const qualifier = row.qualifier ?? '';
  return {
    kind: row.edgeKind,
    to: { key: row.toKey, name: toName, kind: row.toKind },
    level: row.level,
    qualifier,
    sentence: hopSentence({
      fromName: row.name,
      kind: row.edgeKind,
      toName,
      level: row.level,
      conditional: row.conditional ?? false,
      via: qualifier === '' ? null : qualifier,
    }),
  };
}
