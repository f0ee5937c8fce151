import { parentPort, workerData } from 'node:worker_threads';
import { Snapshot, type SnapshotParts } from '#lib/graph/snapshot.ts';
import { loadSnapshot } from './load-snapshot.ts';

/** A snapshot on its way between threads, with what is needed to load the next one from it. */
export type LoadedParts = { parts: SnapshotParts; version: number; horizon: string };
export type ToLoader = { url: string; before: LoadedParts | null };

// Loads one snapshot away from every thread that answers, hands over its shared memory and ends.
const { url, before } = workerData as ToLoader;
const { snapshot, version, horizon } = await loadSnapshot(
  url,
  before && { ...before, snapshot: Snapshot.fromTransferable(before.parts) },
);
parentPort?.postMessage({ parts: snapshot.toTransferable(), version, horizon } satisfies LoadedParts);
