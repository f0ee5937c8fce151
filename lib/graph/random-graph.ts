import { ACCESS_LEVEL_NAMES, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import type { OracleEdge, OracleGraph } from './oracle.ts';
import type { EdgeQuery } from './query.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { NodeInput } from './snapshot-builder.ts';

const TIMES = [null, 100, 200, 300] as const;

/**
 * A small graph that has what breaks engines: cycles, self-loops, parallel edges, hubs, islands, resources on both
 * ends of edges of every kind, all levels, conditions, uses, and facts that begin and end.
 */
export function randomGraph(random: SeededRandom, nodesMax = 12): OracleGraph {
  const count = 1 + random.below(nodesMax);
  const hub = random.below(count);
  const resourceShare = random.next();
  const hasTime = random.chance(0.3);
  const nodes = Array.from({ length: count }, (_, i): NodeInput => {
    const kind = random.chance(resourceShare) ? 'resource' : random.pick(NODE_KIND_NAMES);
    const sensitivity = random.chance(0.3) ? null : random.pick(SENSITIVITIES);
    return { id: i * 3 + 1, kind, sensitivity, ...(hasTime && random.chance(0.2) ? span(random) : {}) };
  });
  const end = () => (random.chance(0.15) ? hub : random.below(count));
  const edges: OracleEdge[] = [];
  for (let i = random.below(count * 3 + 1); i > 0; i--) {
    const last = edges.at(-1);
    const ends = last && random.chance(0.1) ? last : { from: end(), to: end() };
    edges.push({
      id: 1000 + edges.length,
      from: ends.from,
      to: ends.to,
      kind: random.pick(EDGE_KIND_NAMES),
      level: random.chance(0.1) ? null : random.pick(ACCESS_LEVEL_NAMES),
      conditional: random.chance(0.2),
      exercised: random.chance(0.5),
      ...(hasTime && random.chance(0.4) ? span(random) : {}),
    });
  }
  return { nodes, edges };
}

/** A question with any of the switches set. */
export function randomQuery(random: SeededRandom, graph: OracleGraph): EdgeQuery {
  const node = () => random.below(graph.nodes.length);
  const edge = () => random.below(graph.edges.length);
  const some = <T>(make: () => T) => Array.from({ length: 1 + random.below(2) }, make);
  return {
    mode: random.pick(['granted', 'exercised'] as const),
    includeConditional: random.chance(0.6),
    asOf: random.chance(0.7) ? null : random.pick([50, 100, 150, 200, 250, 300, 350]),
    kinds: random.chance(0.8) ? null : EDGE_KIND_NAMES.filter(() => random.chance(0.6)),
    excludeNodes: random.chance(0.8) ? [] : some(node),
    excludeEdges: random.chance(0.8) || graph.edges.length === 0 ? [] : some(edge),
    addedEdges: random.chance(0.7)
      ? []
      : some(() => ({
          from: node(),
          to: node(),
          kind: random.pick(EDGE_KIND_NAMES),
          level: random.pick(ACCESS_LEVEL_NAMES),
          conditional: random.chance(0.2),
          exercised: random.chance(0.5),
        })),
  };
}

function span(random: SeededRandom): { validFrom: number | null; validTo: number | null } {
  const validFrom = random.pick(TIMES);
  const validTo = random.pick(TIMES);
  return validFrom !== null && validTo !== null && validTo <= validFrom
    ? { validFrom, validTo: null }
    : { validFrom, validTo };
}
