import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Tx } from './client.ts';
import { PrismaClient } from './generated/client.ts';

/**
 * The ORM on a driver connection that is in the midst of a transaction: what it reads and writes belongs to that
 * transaction. For bulk work whose end must call what is written for the ORM (the audit log, the revocations).
 */
export async function withPrismaOn<T>(client: pg.ClientBase, work: (tx: Tx) => Promise<T>): Promise<T> {
  const prisma = new PrismaClient({ adapter: new PrismaPg(new OneConnection(client)) });
  try {
    return await work(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

/** A pool of exactly this connection. Transactions that the ORM begins by itself become savepoints of ours. */
class OneConnection extends pg.Pool {
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    super({ max: 1 });
    this.#client = client;
    const query = client.query.bind(client);
    Object.defineProperty(this, 'query', { value: query });
    Object.defineProperty(this, 'connect', { value: () => Promise.resolve(this.#nested()) });
  }

  #nested(): pg.PoolClient {
    const client = this.#client;
    const query = (given: string | pg.QueryConfig, ...rest: unknown[]): unknown => {
      const text = typeof given === 'string' ? given : given.text;
      const instead = NESTED.get(text.trim().split(/\s/, 1)[0]?.toUpperCase() ?? '');
      const run = client.query.bind(client) as (...args: unknown[]) => unknown;
      if (instead === undefined) return run(given, ...rest);
      return run(typeof given === 'string' ? instead : { ...given, text: instead }, ...rest);
    };
    const release = (): void => undefined;
    const facade: object = new Proxy(client, {
      get(target, name) {
        if (name === 'query') return query;
        if (name === 'release') return release;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    return facade as pg.PoolClient;
  }
}

const NESTED = new Map([
  ['BEGIN', 'SAVEPOINT orm'],
  ['COMMIT', 'RELEASE SAVEPOINT orm'],
  ['ROLLBACK', 'ROLLBACK TO SAVEPOINT orm'],
]);
