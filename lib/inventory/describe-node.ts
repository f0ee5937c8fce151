import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { IDENTITY_KINDS, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { watchedClasses } from '#lib/usage/watched-classes.ts';
import type { NodeCard } from './card-schema.ts';
import { factList } from './card/describe-change.ts';
import { loadCore, type CoreRow } from './card/load-core.ts';
import { loadAliases, loadOwner, loadReviews, loadRevocations } from './card/load-governance.ts';
import { loadHistory, loadProvenance } from './card/load-history.ts';
import { loadQuestionFacts } from './card/load-questions.ts';
import { loadCredentials, loadRelations } from './card/load-relations.ts';
import { loadChains, loadUsage } from './card/load-usage.ts';
import { answerQuestions } from './rules.ts';

const ASKED: readonly NodeKind[] = [...IDENTITY_KINDS, 'credential'];

/** All that is known of one node. Throws `not_found` alike for what is missing and for what the actor may not see. */
export async function describeNode(actor: Actor, key: string): Promise<NodeCard> {
  assertMay(actor, 'inventory.read');
  const classes = await watchedClasses();
  const core = await loadCore({ key }, actor.scope, classes);
  if (core === null) throw notFound('node');
  const isAsked = ASKED.includes(core.kind) && core.kind !== 'person';
  const [
    facts,
    owner,
    aliases,
    credentials,
    usage,
    chains,
    relations,
    reviews,
    revocations,
    history,
    provenance,
  ] = await Promise.all([
    isAsked ? loadQuestionFacts(core) : null,
    loadOwner(core),
    loadAliases(core.id),
    loadCredentials(core.id, classes),
    loadUsage(core.id, core.kind),
    loadChains(core.id, core.key),
    loadRelations(core.id),
    loadReviews(core.id),
    loadRevocations(core.id),
    loadHistory(core.id),
    loadProvenance(core.id),
  ]);
  return {
    node: toNode(core, owner),
    aliases,
    owner,
    questions: facts === null ? [] : answerQuestions(facts),
    observed: observedBy(core),
    credentials,
    ...usage,
    chains,
    relations: relations.relations,
    moreRelations: relations.more,
    reviews,
    revocations,
    history,
    provenance,
  };
}

/** The key of the node with this number. Throws `not_found` as describeNode does. */
export async function keyOfNode(actor: Actor, id: number): Promise<string> {
  assertMay(actor, 'inventory.read');
  const core =
    Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? await loadCore({ id }, actor.scope, []) : null;
  if (core === null) throw notFound('node');
  return core.key;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

function toNode(core: CoreRow, owner: NodeCard['owner']): NodeCard['node'] {
  return {
    ...core,
    owner: owner.team?.name ?? null,
    ownerKey: owner.team?.key ?? null,
    lastUsed: iso(core.lastUsed),
    createdAt: iso(core.createdAt),
    rotatedAt: iso(core.rotatedAt),
    expiresAt: iso(core.expiresAt),
    attestedUntil: iso(core.attestedUntil),
    validFrom: core.validFrom.toISOString(),
    validTo: iso(core.validTo),
    lastSeenInLogs: iso(core.lastSeenInLogs),
    lastUsedAt: iso(core.lastUsedAt),
    labels: factList(core.labels),
    props: factList(core.props),
  };
}

function observedBy(core: CoreRow): NodeCard['observed'] {
  const { watchedBy: source, watchedFrom: from, watchedTo: to, watchedDays: days } = core;
  if (source === null || from === null || to === null || days === null) return null;
  return { source, from: from.toISOString(), to: to.toISOString(), days };
}
