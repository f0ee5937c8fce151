import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/db/connection.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { randomGraph } from '#lib/graph/random-graph.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import { SmallWorld } from '#lib/usage/testing/small-world.ts';
import { loadSnapshot, type FreshSnapshot } from './load-snapshot.ts';
import { storeGraph } from './testing/store-graph.ts';

useTestDatabase();
let world: SmallWorld;
let before: FreshSnapshot;
const random = new SeededRandom(7);
beforeAll(async () => {
  world = await SmallWorld.create();
  for (let n = 0; n < 60; n++) await storeGraph(world, randomGraph(random));
  before = await loadSnapshot(databaseUrl());
});

function told(snapshot: Snapshot) {
  const edges = Array.from({ length: snapshot.edgeCount }, (_, edge) => {
    const { from, to, ...facts } = snapshot.edgeFacts(edge);
    return { ...facts, ends: [snapshot.nodeId(from), snapshot.nodeId(to)], ...snapshot.edgeValidity(edge) };
  });
  const nodes = Array.from({ length: snapshot.nodeCount }, (_, node) => ({
    ...{ id: Number(snapshot.nodeId(node)), kind: snapshot.kindOf(node) },
    ...{ sensitivity: snapshot.sensitivityOf(node), ...snapshot.nodeValidity(node) },
  }));
  return { edges: edges.sort((a, b) => a.id - b.id), nodes: nodes.sort((a, b) => a.id - b.id) };
}

/** Loads from `before` and from nothing; both must show the same, in the given way. */
async function refresh(read: FreshSnapshot['read']): Promise<void> {
  const [young, fresh] = [await loadSnapshot(databaseUrl(), before), await loadSnapshot(databaseUrl())];
  expect(young.read).toBe(read);
  expect(told(young.snapshot)).toEqual(told(fresh.snapshot));
  before = young;
}

describe('refreshing the graph', () => {
  it('reads only what has changed, whoever changed it: new, ended, moved, used and no longer conditional', async () => {
    for (const change of [
      'UPDATE edge SET last_exercised = now() WHERE id % 17 = 0',
      'UPDATE edge SET last_exercised = NULL WHERE id % 17 = 1',
      'UPDATE edge SET valid_to = now(), run_to = 2 WHERE id % 23 = 0 AND valid_to IS NULL',
      `UPDATE edge SET level = 'admin', conditional = NOT conditional WHERE id % 19 = 0`,
      'UPDATE edge SET from_id = (SELECT min(id) FROM node) WHERE id % 29 = 0',
      `UPDATE node SET sensitivity = 'crown_jewel', valid_to = now() WHERE id % 13 = 0`,
    ]) {
      await pool().query(change);
      await refresh('changes');
    }
    await storeGraph(world, randomGraph(random));
    await refresh('changes');
  });

  it('sees what a transaction wrote that was open while the graph was read', async () => {
    const writer = await pool().connect();
    await writer.query('BEGIN');
    await writer.query('UPDATE edge SET conditional = NOT conditional WHERE id % 31 = 0');
    before = await loadSnapshot(databaseUrl(), before);
    await writer.query('COMMIT');
    writer.release();
    await refresh('changes');
  });

  it('reads everything when rows have gone, when a node is of another kind, and when much has changed', async () => {
    await pool().query('DELETE FROM edge WHERE id = (SELECT max(id) FROM edge)');
    await refresh('all');
    await pool().query(`UPDATE node SET kind = CASE WHEN kind = 'role' THEN 'group' ELSE 'role' END::node_kind
      WHERE id = (SELECT min(id) FROM node)`);
    await refresh('all');
    await pool().query('UPDATE edge SET last_exercised = now()');
    await refresh('all');
  });
});
