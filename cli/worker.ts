import { startWorker } from '#lib/jobs/worker.ts';

// The process that runs jobs: imports, revocation deliveries, reminders. As many may run as wanted.
const worker = await startWorker();
process.send?.('listening');

async function stop(): Promise<void> {
  await worker.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent stops everything in order
process.on('disconnect', () => void stop());
