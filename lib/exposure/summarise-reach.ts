import { askEngine } from './engine.ts';
import type { Summary } from './question.ts';

/** How far each of these nodes reaches by what is granted: counts only, for lists and review evidence. */
export async function summariseReach(
  ids: readonly number[],
): Promise<{ version: number; summaries: Map<number, Summary> }> {
  const scope = {
    mode: 'granted',
    includeConditional: true,
    asOf: null,
    maxHops: null,
    excludeEdges: [],
    excludeNodes: [],
  } as const;
  const { version, summaries } = await askEngine({ ask: 'summaries', ...scope, starts: ids });
  return { version, summaries: new Map(summaries.map((summary) => [summary.id, summary])) };
}
