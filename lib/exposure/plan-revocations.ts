import type { Actor } from '#lib/authz/actor.ts';
import type { CutPlanQuery, CutPlanView, CutUse } from './cut-schema.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import { loadCutHops } from './load-hops.ts';
import type { HopView } from './schema.ts';
import { scopeOf } from './scope-of.ts';
import { toNodeView } from './view.ts';

/** What to revoke first: the cuts that shrink a blast radius most, step by step, those that nobody would notice before others. */
export async function planRevocations(
  actor: Actor,
  query: CutPlanQuery,
  signal?: AbortSignal,
): Promise<CutPlanView> {
  const start = await findNode(actor, query.key);
  const { cuts, exercisedCost, uncuttable } = query;
  const plan = await askEngine(
    { ask: 'cut_plan', ...scopeOf(query), starts: [start.id], cuts, exercisedCost, uncuttable },
    signal,
  );
  const hopOf = await loadCutHops(plan.steps.flatMap(({ edges }) => edges));
  return {
    ...plan,
    start: toNodeView(start),
    steps: plan.steps.map(({ edges, count, weight }) => {
      const hops = edges.map(hopOf);
      return {
        hops,
        count,
        weight,
        isFree: hops.every(({ use }) => use === 'unused'),
        sentence: sentenceOf(hops, count),
      };
    }),
  };
}

function sentenceOf(hops: readonly (HopView & { use: CutUse })[], count: number): string {
  const [first] = hops;
  const what =
    hops.length === 1 && first
      ? `Revoke “${first.sentence.replace(/\.$/, '')}”`
      : `Revoke these ${hops.length} together, the only ways to ${first?.to.name ?? 'what they lead to'}`;
  return `${what}: ${count.toLocaleString('en')} fewer ${count === 1 ? 'node' : 'nodes'} reached; ${useOf(hops)}.`;
}

function useOf(hops: readonly (HopView & { use: CutUse })[]): string {
  const used = hops.flatMap(({ edge, use }) =>
    use === 'used' && edge.lastExercised ? [edge.lastExercised] : [],
  );
  const last = used.sort().at(-1);
  if (last) return `last used on ${last.slice(0, 10)}`;
  if (hops.every(({ use }) => use === 'unused')) return 'nobody was seen to use it';
  return 'no log could have shown its use';
}
