import type { Actor } from '#lib/authz/actor.ts';
import type { NodeView } from './schema.ts';
import { searchNodeRows } from './store.ts';
import { toNodeView } from './view.ts';

/** Nodes by name, key or alias (ARN, SPIFFE id, …), the likeliest first; an empty text finds nothing. */
export async function searchNodes(actor: Actor, text: string, limit: number): Promise<NodeView[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  return (await searchNodeRows(wanted, actor.scope, limit)).map(toNodeView);
}
