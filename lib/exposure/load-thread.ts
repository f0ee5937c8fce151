import { parentPort, workerData } from 'node:worker_threads';
import { loadSnapshot } from './load-snapshot.ts';

// Loads one snapshot away from every thread that answers, hands over its shared memory and ends.
const { url } = workerData as { url: string };
const { snapshot, version } = await loadSnapshot(url);
parentPort?.postMessage({ parts: snapshot.toTransferable(), version });
