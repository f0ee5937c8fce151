import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { loadFacts, loadTies, loadUse } from './facts-store.ts';
import { findNode } from './find-node.ts';
import { fourQuestions, SHORT_LIVED_HOURS } from './four-questions.ts';
import type { NodeFactsView } from './schema.ts';
import { toNodeView } from './view.ts';

/** What is known of one node, with the four questions. Throws `not_found` alike for missing and for not the actor's. */
export async function describeNode(actor: Actor, { key }: { key: string }): Promise<NodeFactsView> {
  const node = await findNode(actor, key);
  const [facts, ties, use] = await Promise.all([
    loadFacts(node.id),
    loadTies(node.id, SHORT_LIVED_HOURS),
    loadUse(node.id),
  ]);
  if (facts === null) throw notFound('node');
  const { tenant, purpose, ownerPerson, ownerBackup, sources, validFrom } = facts;
  return {
    ...toNodeView(node),
    ...{ tenant, purpose, ownerPerson, ownerBackup, sources },
    validFrom: validFrom.toISOString(),
    expiresAt: facts.expiresAt?.toISOString() ?? null,
    lastUsedAt: facts.lastUsedAt?.toISOString() ?? null,
    attestedUntil: facts.attestedUntil?.toISOString() ?? null,
    questions: fourQuestions({ kind: node.kind, facts, ties, use }),
  };
}
