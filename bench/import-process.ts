import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Cost } from './ingest-once.ts';

const execute = promisify(execFile);

/** Imports a file in a process of its own, or starts one that does nothing. */
export async function importInProcess(file?: string): Promise<Cost> {
  const script = path.join(import.meta.dirname, 'ingest-once.ts');
  const { stdout } = await execute(process.execPath, [script, ...(file === undefined ? [] : [file])]);
  return JSON.parse(stdout) as Cost;
}
