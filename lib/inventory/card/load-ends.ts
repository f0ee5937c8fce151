import { db } from '#lib/db/client.ts';
import type { NodeEnd } from '../card-schema.ts';

/** Nodes by number, as the ends of relations. */
export async function loadEnds(ids: readonly (number | null)[]): Promise<Map<number, NodeEnd>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null && id !== 0);
  const rows = await db().node.findMany({
    where: { id: { in: wanted as number[] } },
    select: { id: true, key: true, name: true, kind: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The node with this number; one that no row has any more is named by its number. */
export function endOf(ends: ReadonlyMap<number, NodeEnd>, id: number): NodeEnd {
  return ends.get(id) ?? { id, key: String(id), name: `Node ${id}`, kind: 'resource' };
}

export const optionalEnd = (ends: ReadonlyMap<number, NodeEnd>, id: number | null): NodeEnd | null =>
  id === null || id === 0 ? null : endOf(ends, id);
