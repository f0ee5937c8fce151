import type { Actor } from '#lib/authz/actor.ts';
import { askEngine } from './engine.ts';
import type { Summary } from './question.ts';
import type { WidestView } from './schema.ts';
import { loadCrownJewels, loadNodes, loadStartCandidates } from './store.ts';
import { summariseReach } from './summarise-reach.ts';
import { rowOf, toNodeView } from './view.ts';

/** Measuring one takes up to some tens of milliseconds on a graph of millions; with more candidates, the best connected are measured. */
const MEASURED_MAX = 400;
/** So many are asked at once, so that other questions get their turn in between. */
const CHUNK = 50;
const CROWN_JEWELS_MAX = 12;

type Known = { version: number; summaries: Map<number, Summary>; exposure: Map<number, number> };
const known: Known = { version: -1, summaries: new Map(), exposure: new Map() };

/** The identities that reach most, and who can reach the crown jewels; what was measured is kept until the graph changes. */
export async function listWidest(actor: Actor, { limit }: { limit: number }): Promise<WidestView> {
  const [{ identities, ids }, jewels] = await Promise.all([
    loadStartCandidates(actor.scope, MEASURED_MAX),
    loadCrownJewels(actor.scope, CROWN_JEWELS_MAX),
  ]);
  const summaries = await measure(ids);
  const widest = summaries
    .filter(({ reached }) => reached > 0)
    .sort((a, b) => b.reached - a.reached || b.sensitive - a.sensitive || a.id - b.id)
    .slice(0, limit);
  const nodes = await loadNodes(widest.map(({ id }) => id));
  return {
    version: known.version,
    identities,
    measured: ids.length,
    rows: widest.map(({ id, reached, sensitive, crownJewels }) => ({
      node: toNodeView(rowOf(nodes, id)),
      ...{ reached, sensitive, crownJewels },
    })),
    crownJewels: await Promise.all(
      jewels.map(async (row) => ({ node: toNodeView(row), exposedTo: await exposureOf(row.id) })),
    ),
  };
}

async function measure(ids: readonly number[]): Promise<Summary[]> {
  // The first chunk is always asked anew: its answer tells whether the graph has changed.
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    if (at > 0 && chunk.every((id) => known.summaries.has(id))) continue;
    const { version, summaries } = await summariseReach(chunk);
    forgetOlderThan(version);
    for (const [id, summary] of summaries) known.summaries.set(id, summary);
  }
  return ids.flatMap((id) => known.summaries.get(id) ?? []);
}

async function exposureOf(id: number): Promise<number> {
  const before = known.exposure.get(id);
  if (before !== undefined) return before;
  const { version, reached } = await askEngine({
    ...{
      ask: 'reach',
      starts: [id],
      direction: 'into',
      mode: 'granted',
      includeConditional: true,
      asOf: null,
    },
    ...{
      maxHops: null,
      excludeEdges: [],
      excludeNodes: [],
      unusedOnly: false,
      kinds: [],
      sensitiveOnly: false,
    },
    ...{ sort: 'hops', offset: 0, limit: 0 },
  } as const);
  forgetOlderThan(version);
  known.exposure.set(id, reached);
  return reached;
}

function forgetOlderThan(version: number): void {
  if (known.version === version) return;
  known.version = version;
  known.summaries.clear();
  known.exposure.clear();
}
