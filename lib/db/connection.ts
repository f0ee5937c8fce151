import { readFileSync } from 'node:fs';
import { AppError } from '#lib/core/errors.ts';
import { env, homePath } from '#lib/env.ts';

/** Written by the embedded server when it starts; read by every process that wants to connect. */
export const EMBEDDED_ADDRESS_FILE = 'postgres.json';

export type EmbeddedAddress = { port: number; password: string };

/** Where the database is: DATABASE_URL, or the embedded server's address under BAILIWICK_HOME. */
export function databaseUrl(): string {
  const given = env().DATABASE_URL;
  if (given !== undefined) return given;
  const address = readEmbeddedAddress();
  if (address === null) {
    throw new AppError(
      'unavailable',
      'The embedded database has not been started yet: run `npm start` or `npx bailiwick up`.',
    );
  }
  return embeddedUrl(address);
}

export function readEmbeddedAddress(): EmbeddedAddress | null {
  try {
    return JSON.parse(readFileSync(homePath(EMBEDDED_ADDRESS_FILE), 'utf8')) as EmbeddedAddress;
  } catch {
    return null;
  }
}

export const embeddedUrl = ({ port, password }: EmbeddedAddress): string =>
  `postgresql://bailiwick:${password}@127.0.0.1:${port}/bailiwick`;
