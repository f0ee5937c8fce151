import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { loadNodeByKey, type NodeRow } from './store.ts';

/** The node with this key or alias. Throws `not_found` alike for what is missing and for what the actor may not see. */
export async function findNode(actor: Actor, key: string): Promise<NodeRow> {
  const node = await loadNodeByKey(key, actor.scope);
  if (node === null) throw notFound('node');
  return node;
}
