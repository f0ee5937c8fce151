import type { Actor } from '#lib/authz/actor.ts';
import { askEngine } from './engine.ts';
import type { ExposureQuery, ExposureView, RankQuery, RankView } from './estate-schema.ts';
import { scopeOf } from './scope-of.ts';
import { loadIdsWithin, loadNodes } from './store.ts';
import { rowOf, toNodeView } from './view.ts';

/** Below the time that the engine gives a question, so that what was measured until then is answered. */
const EXPOSURE_MS_MAX = 30_000;

/** Every identity that the actor may see by what it reaches, the widest first. */
export async function rankIdentities(
  actor: Actor,
  query: RankQuery,
  signal?: AbortSignal,
): Promise<RankView> {
  const { measure, offset, limit } = query;
  const within = await loadIdsWithin(actor.scope);
  const found = await askEngine({ ask: 'rank', ...scopeOf(query), measure, within, offset, limit }, signal);
  const nodes = await loadNodes(found.rows.map(({ id }) => id));
  return {
    ...found,
    measure,
    rows: found.rows.map(({ id, score }, i) => ({
      rank: offset + i + 1,
      node: toNodeView(rowOf(nodes, id)),
      score,
    })),
  };
}

/** Who can reach each crown jewel that the actor may see, the most exposed first. */
export async function listExposure(
  actor: Actor,
  query: ExposureQuery,
  signal?: AbortSignal,
): Promise<ExposureView> {
  const { offset, limit } = query;
  const within = await loadIdsWithin(actor.scope);
  const found = await askEngine(
    { ask: 'exposure', ...scopeOf(query), within, offset, limit, msMax: EXPOSURE_MS_MAX },
    signal,
  );
  const nodes = await loadNodes(found.rows.map(({ id }) => id));
  return {
    ...found,
    rows: found.rows.map(({ id, ...counts }) => ({ node: toNodeView(rowOf(nodes, id)), ...counts })),
  };
}
