import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { databaseUrl } from './connection.ts';
import { PrismaClient, type Prisma } from './generated/client.ts';

/** A transaction of the ORM: what stores and `record` of the audit log take. */
export type Tx = Prisma.TransactionClient;

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;

type Connections = { url: string; pool: pg.Pool; prisma: PrismaClient };

// Next evaluates server modules more than once (pages and route handlers are separate bundles); one pool must serve all.
const holder = globalThis as typeof globalThis & { bailiwickConnections?: Connections };

function connections(): Connections {
  const url = databaseUrl();
  const current = holder.bailiwickConnections;
  // The embedded server may have come back on another port.
  if (current?.url === url) return current;
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  pool.on('error', () => undefined); // an idle connection that dies is replaced at its next use
  const fresh: Connections = { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  holder.bailiwickConnections = fresh;
  if (current) void closeConnections(current);
  return fresh;
}

/** The ORM, for ordinary reads and writes. */
export const db = (): PrismaClient => connections().prisma;

/** The driver's pool, for COPY, set-based SQL and LISTEN. */
export const pool = (): pg.Pool => connections().pool;

/** Runs `work` in one transaction; what it throws rolls everything back. */
export function inTransaction<T>(work: (tx: Tx) => Promise<T>, timeoutMs = 15_000): Promise<T> {
  return db().$transaction(work, { timeout: timeoutMs, maxWait: CONNECT_TIMEOUT_MS });
}

/** Runs `work` in one transaction of a plain driver connection, for bulk statements. */
export async function inBulkTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (broken: unknown) => client.release(broken instanceof Error ? broken : true),
    );
    throw error;
  }
}

/** Ends all connections of this process. */
export async function disconnect(): Promise<void> {
  const current = holder.bailiwickConnections;
  delete holder.bailiwickConnections;
  if (current) await closeConnections(current);
}

async function closeConnections({ prisma, pool: open }: Connections): Promise<void> {
  await prisma.$disconnect();
  if (!open.ended) await open.end();
}
