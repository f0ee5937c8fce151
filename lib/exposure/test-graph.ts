import { db } from '#lib/db/client.ts';
import { ACCESS_LEVEL_NAMES, EDGE_KIND_NAMES, fits } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';

export type TestGraph = {
  nodes: { id: number; key: string }[];
  edges: { id: number; from: number; to: number }[];
};

const BEGAN = new Date('2026-01-01T00:00:00Z');

/**
 * Writes a random graph of ontology-conforming edges, some conditional, some exercised, some ended, among which are cycles,
 * parallel edges and self-loops, and raises the graph version. Keys begin with `prefix`.
 */
export async function insertRandomGraph(prefix: string, seed: number, size: number): Promise<TestGraph> {
  const random = new SeededRandom(seed);
  const source = await db().source.upsert({
    where: { id: 'src_test' },
    create: { id: 'src_test', name: 'test' },
    update: {},
  });
  const run = await db().run.create({
    data: {
      ...{ publicId: `run_${prefix}`, sourceId: source.id, format: 'bailiwick', state: 'done' },
      ...{ asOf: BEGAN, startedBy: 'test' },
    },
  });
  const kinds = Array.from({ length: size }, () =>
    random.chance(0.3) ? 'resource' : random.pick(NODE_KIND_NAMES),
  );
  const nodes = await db().node.createManyAndReturn({
    data: kinds.map((kind, at) => ({
      ...({
        key: `${prefix}:${at}`,
        kind,
        standing: 'inventory',
        name: `${prefix} ${at}`,
        validFrom: BEGAN,
      } as const),
      sensitivity: random.chance(0.3) ? random.pick(SENSITIVITIES) : null,
    })),
    select: { id: true, key: true, kind: true },
  });
  const drafts = Array.from({ length: size * 40 }, () => ({
    from: random.pick(nodes),
    to: random.pick(nodes),
    kind: random.pick(EDGE_KIND_NAMES),
  }));
  const fitting = drafts.filter(({ kind, from, to }) => fits(kind, from.kind, to.kind)).slice(0, size * 3);
  const edges = await db().edge.createManyAndReturn({
    data: fitting.map(({ from, to, kind }, at) => ({
      ...{ fromId: from.id, toId: to.id, kind, qualifier: `#${at}`, sourceId: source.id, runFrom: run.id },
      ...{
        validFrom: BEGAN,
        validTo: random.chance(0.1) ? new Date('2026-06-01T00:00:00Z') : null,
        digest: BigInt(at),
      },
      ...{
        conditional: random.chance(0.2),
        level: random.pick(ACCESS_LEVEL_NAMES),
        lastExercised: random.chance(0.4) ? BEGAN : null,
      },
    })),
    select: { id: true, fromId: true, toId: true },
  });
  await raiseGraphVersion();
  return { nodes, edges: edges.map(({ id, fromId, toId }) => ({ id, from: fromId, to: toId })) };
}

/** What an import does at its end: the live graph is read anew. */
export async function raiseGraphVersion(): Promise<void> {
  await db().$executeRaw`
    INSERT INTO setting (name, value, updated_at) VALUES ('graph', '{"version": 1}', now())
    ON CONFLICT (name) DO UPDATE SET value = jsonb_build_object('version', (setting.value->>'version')::int + 1)`;
}
