import type { Tx } from '#lib/db/client.ts';
import type { Whereabouts } from './observation.ts';
import type { Subject } from './use-selectors.ts';

/**
 * The places whose logs would show a subject's use, by position of the subject: a permission is used where its target
 * lives, an identity and a credential where they are known. A credential without a tenant has that of its identity.
 */
export async function loadWhereabouts(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<Map<number, Whereabouts[]>> {
  const rows = await tx.$queryRaw<(Whereabouts & { ref: number })[]>`
    WITH subject AS (
      SELECT * FROM unnest(${subjects.map((_, i) => i)}::int[], ${subjects.map((s) => s.nodeId)}::int[],
        ${subjects.map((s) => s.edgeId)}::int[]) AS s(ref, node_id, edge_id)
    ), place AS (
      SELECT s.ref, n.id FROM subject s JOIN node n ON n.id = s.node_id WHERE s.edge_id IS NULL
      UNION
      SELECT s.ref, i.to_id FROM subject s
      JOIN node n ON n.id = s.node_id AND n.kind = 'credential' AND n.tenant IS NULL
      JOIN edge i ON i.from_id = n.id AND i.kind = 'authenticates' AND i.valid_to IS NULL
      WHERE s.edge_id IS NULL
      UNION
      SELECT s.ref, CASE WHEN t.kind IN ('policy', 'group', 'credential') OR t.tenant IS NULL THEN e.from_id ELSE e.to_id END
      FROM subject s JOIN edge e ON e.id = s.edge_id JOIN node t ON t.id = e.to_id
    )
    SELECT DISTINCT place.ref, node.provider, node.tenant FROM place JOIN node ON node.id = place.id`;
  const places = new Map<number, Whereabouts[]>();
  for (const { ref, provider, tenant } of rows) {
    places.set(ref, [...(places.get(ref) ?? []), { provider, tenant }]);
  }
  return places;
}
