import type { Actor } from '#lib/authz/actor.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import type { WhatIfBody, WhatIfView } from './cut-schema.ts';
import { scopeOf } from './scope-of.ts';
import { loadNodes } from './store.ts';
import { rowOf, toNodeView } from './view.ts';

/**
 * What a node would reach with nodes and edges taken away or put in, against what it reaches; no data is touched. Both ends of
 * an edge that is put in must be the actor's to see: the answer tells what lies behind it.
 */
export async function askWhatIf(actor: Actor, body: WhatIfBody, signal?: AbortSignal): Promise<WhatIfView> {
  const start = await findNode(actor, body.key);
  const added = await Promise.all(
    body.add.map(async ({ from, to, ...edge }) => {
      const [source, target] = await Promise.all([findNode(actor, from), findNode(actor, to)]);
      return { ...edge, from: source.id, to: target.id };
    }),
  );
  const { offset, limit } = body;
  const asked = { ask: 'what_if', ...scopeOf(body), starts: [start.id], added, offset, limit } as const;
  const { rows, ...totals } = await askEngine(asked, signal);
  const nodes = await loadNodes(rows.map(({ id }) => id));
  return {
    ...totals,
    start: toNodeView(start),
    rows: rows.map((row) => ({ ...toNodeView(rowOf(nodes, row.id)), ...row })),
  };
}
