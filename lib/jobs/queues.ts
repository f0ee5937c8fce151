import { PgBoss } from 'pg-boss';
import { databaseUrl } from '#lib/db/connection.ts';

/** Every queue, with what a job carries. A job only names a row; the row holds the state. */
export type Jobs = {
  'import-run': { run: string };
  'load-sample': Record<string, never>;
};
export type QueueName = keyof Jobs;
export const QUEUES: readonly QueueName[] = ['import-run', 'load-sample'];

/** Longer than any honest import; a worker that died is noticed by the run's lease long before. */
const EXPIRE_S = 6 * 3600;

/** A connection to the queue. Only the worker supervises it; the web server just sends. */
export async function openQueue(role: 'worker' | 'sender'): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl(),
    supervise: role === 'worker',
    schedule: false,
    max: role === 'worker' ? 4 : 2,
  });
  boss.on('error', (error) => console.error('The job queue reported:', error.message));
  await boss.start();
  for (const name of QUEUES)
    await boss.createQueue(name, { retryLimit: 2, retryDelay: 5, expireInSeconds: EXPIRE_S });
  return boss;
}
