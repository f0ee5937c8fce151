import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { randomGraph } from '#lib/graph/random-graph.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';
import { ACCESS_LEVELS, ACCESS_LEVEL_NAMES, EDGE_KINDS, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { SmallWorld } from '#lib/usage/testing/small-world.ts';
import { askEngine, closeEngine } from './engine.ts';
import { storeGraph } from './testing/store-graph.ts';

useTestDatabase();
let world: SmallWorld;
beforeAll(async () => {
  world = await SmallWorld.create();
});
afterAll(closeEngine);

/** The ontology's columns as rows of SQL: kind, granted, exercised, carries a level, level needed. */
const RULES = EDGE_KIND_NAMES.map((kind) => {
  const { granted, exercised, carriesLevel, needs } = EDGE_KINDS[kind];
  return `('${kind}'::edge_kind, ${granted}, '${exercised}', ${carriesLevel}, ${needs === null ? 1 : ACCESS_LEVELS[needs]})`;
}).join(', ');
const LEVEL = `coalesce(array_position(ARRAY['${ACCESS_LEVEL_NAMES.join("','")}'], e.level::text), 1)`;

type Asked = { start: number; mode: 'granted' | 'exercised'; conditional: boolean; asOf: number | null };

/** The blast radius by recursion over (node, level, hops), as one would write it without an engine. */
async function reachBySql({ start, mode, conditional, asOf }: Asked) {
  const holds = (row: string) =>
    asOf === null
      ? `${row}.valid_to IS NULL`
      : `${row}.valid_from <= to_timestamp(${asOf}) AND (${row}.valid_to IS NULL OR to_timestamp(${asOf}) < ${row}.valid_to)`;
  const counts =
    mode === 'granted'
      ? 'r.granted'
      : `(r.exercised = 'always' OR r.exercised = 'observed' AND e.last_exercised IS NOT NULL)`;
  const { rows } = await pool().query<{ id: number; hops: number; level: number }>(
    `WITH RECURSIVE rule(kind, granted, exercised, carries, needs) AS (VALUES ${RULES}),
     held(id, level, hops) AS (
       SELECT n.id, 4, 0 FROM node n WHERE n.id = $1 AND ${holds('n')}
       UNION
       SELECT t.id, CASE WHEN t.kind = 'resource' AND r.carries THEN ${LEVEL} ELSE 4 END, h.hops + 1
       FROM held h JOIN node f ON f.id = h.id JOIN edge e ON e.from_id = h.id JOIN rule r ON r.kind = e.kind
       JOIN node t ON t.id = e.to_id
       WHERE h.hops < 40 AND ${holds('e')} AND ${holds('t')} AND ${counts} AND (${conditional} OR NOT e.conditional)
         AND (f.kind <> 'resource' OR h.level >= r.needs))
     SELECT h.id, min(h.hops) AS hops, CASE WHEN n.kind = 'resource' THEN max(h.level) END AS level
     FROM held h JOIN node n ON n.id = h.id WHERE h.id <> $1 GROUP BY h.id, n.kind ORDER BY h.id`,
    [start],
  );
  return rows.map(({ id, hops, level }) => ({ id, hops, level: level && ACCESS_LEVEL_NAMES[level - 1] }));
}

async function reachByEngine({ start, mode, conditional, asOf }: Asked) {
  const { rows } = await askEngine({
    ...{ ask: 'reach', starts: [start], direction: 'from', mode, includeConditional: conditional, asOf },
    ...{
      maxHops: null,
      excludeEdges: [],
      excludeNodes: [],
      unusedOnly: false,
      kinds: [],
      sensitiveOnly: false,
    },
    ...{ sort: 'hops', offset: 0, limit: 1000 },
  } as const);
  return rows.map(({ id, hops, level }) => ({ id, hops, level })).sort((a, b) => a.id - b.id);
}

describe('blast radius at any date', () => {
  it('equals a recursion in SQL on graphs of every shape, mode and condition, refresh after refresh', async () => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 40; round++) {
      const { nodeIds } = await storeGraph(world, randomGraph(random, 14));
      for (let n = 0; n < 4; n++) {
        const asked: Asked = {
          start: random.pick(nodeIds),
          mode: random.pick(['granted', 'exercised'] as const),
          conditional: random.chance(0.6),
          asOf: random.chance(0.6) ? null : random.pick([50, 150, 250, 350]),
        };
        expect(await reachByEngine(asked), `round ${round} ${JSON.stringify(asked)}`).toEqual(
          await reachBySql(asked),
        );
      }
    }
  });
});
