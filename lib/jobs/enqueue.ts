import type { PgBoss } from 'pg-boss';
import { databaseUrl } from '#lib/db/connection.ts';
import { openQueue, type Jobs, type QueueName } from './queues.ts';

// Next evaluates server modules more than once; one sender must serve all, as with the connections of lib/db/client.ts.
const holder = globalThis as typeof globalThis & {
  bailiwickSender?: { url: string; boss: Promise<PgBoss> };
};

function sender(): Promise<PgBoss> {
  const url = databaseUrl();
  const current = holder.bailiwickSender;
  if (current?.url === url) return current.boss;
  const boss = openQueue('sender');
  holder.bailiwickSender = { url, boss };
  boss.catch(() => {
    delete holder.bailiwickSender;
  });
  return boss;
}

/** Hands a job to the workers. `key` keeps a second job for the same thing out while the first waits. */
export async function enqueue<N extends QueueName>(name: N, job: Jobs[N], key: string): Promise<void> {
  const boss = await sender();
  await boss.send(name, job, { singletonKey: key });
}

/** Ends the sender of this process. */
export async function closeSender(): Promise<void> {
  const current = holder.bailiwickSender;
  delete holder.bailiwickSender;
  if (current) await (await current.boss).stop({ graceful: false, close: true });
}
