import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { reachFrom } from './reach.ts';
import { SnapshotBuilder } from './snapshot-builder.ts';

const KEYS = ['arn:aws:iam::1:role/a', '__proto__', 'constructor', '🔑', '\ud800', '', 'a%2Fb'] as const;

test('keys from outside name their own node, whatever they are', () => {
  const builder = new SnapshotBuilder();
  for (const id of KEYS) builder.addNode({ id, kind: 'role' });
  KEYS.forEach((to, id) => id > 0 && builder.addEdge({ id, from: KEYS[0], to, kind: 'assumes' }));
  const snapshot = builder.freeze();
  expect(KEYS.map((key) => snapshot.nodeId(snapshot.nodeOf(key)))).toEqual(KEYS);
  expect(snapshot.nodeOf('toString')).toBe(-1);
  expect(reachFrom(snapshot, [{ node: snapshot.nodeOf(KEYS[0]) }]).count).toBe(KEYS.length - 1);
});

test('two nodes of one id are refused, and an edge without its end is left out and counted', () => {
  const twice = new SnapshotBuilder();
  twice.addNode({ id: 1, kind: 'role' });
  twice.addNode({ id: 1, kind: 'group' });
  expect(() => twice.freeze()).toThrow('same id');
  const mixed = new SnapshotBuilder();
  mixed.addNode({ id: 1, kind: 'role' });
  mixed.addNode({ id: 'one', kind: 'role' });
  expect(() => mixed.freeze()).toThrow('not by both');
  const orphan = new SnapshotBuilder();
  orphan.addNode({ id: 1, kind: 'role' });
  orphan.addEdge({ id: 5, from: 1, to: 2, kind: 'assumes' });
  expect(orphan.freeze()).toMatchObject({ edgeCount: 0, parts: { orphanEdges: 1 } });
});

test('facts come back as they went in, for dense and for scattered ids', () => {
  for (const spread of [1, 1_000_003]) {
    const builder = new SnapshotBuilder();
    builder.addNode({ id: spread, kind: 'resource', sensitivity: 'crown_jewel', validFrom: 10, validTo: 20 });
    builder.addNode({ id: 2 * spread, kind: 'policy' });
    const edge = { id: 7 * spread, from: 2 * spread, to: spread, kind: 'grants', level: 'write' } as const;
    builder.addEdge({ ...edge, conditional: true, exercised: true, validFrom: 11 });
    const snapshot = builder.freeze();
    const [resource, policy] = [snapshot.nodeOf(spread), snapshot.nodeOf(2 * spread)];
    expect(snapshot.kindOf(resource)).toBe('resource');
    expect(snapshot.sensitivityOf(resource)).toBe('crown_jewel');
    expect(snapshot.sensitivityOf(policy)).toBeNull();
    expect(snapshot.nodeValidity(resource)).toEqual({ from: 10, to: 20 });
    const at = snapshot.edgeOf(7 * spread);
    const flags = { conditional: true, exercised: true };
    expect(snapshot.edgeFacts(at)).toEqual({ ...edge, ...flags, from: policy, to: resource });
    expect(snapshot.edgeValidity(at)).toEqual({ from: 11, to: null });
  }
});

test('another thread reads the same memory, not a copy', async () => {
  const builder = new SnapshotBuilder();
  builder.addNode({ id: 1, kind: 'role' });
  builder.addNode({ id: 2, kind: 'role' });
  builder.addEdge({ id: 3, from: 1, to: 2, kind: 'assumes' });
  const { parts } = builder.freeze();
  const source = `const { workerData, parentPort } = require('node:worker_threads');
    workerData.nodeIds[0] = 99; parentPort.postMessage(workerData.out.targets.length);`;
  const worker = new Worker(source, { eval: true, workerData: parts });
  const edges = await new Promise((resolve) => worker.once('message', resolve));
  expect(edges).toBe(1);
  expect(parts.nodeIds?.[0]).toBe(99);
  await worker.terminate();
});
