import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { mapDatabaseError } from '#lib/db/map-error.ts';
import { addBuild } from './commands/build.ts';
import { addDoctor } from './commands/doctor.ts';
import { addUp } from './commands/up.ts';
import { disconnectAll } from './connect.ts';

const { version, description } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '..', 'package.json'), 'utf8'),
) as { version: string; description: string };

const program = new Command('bailiwick').description(description).version(version).showHelpAfterError();
for (const add of [addUp, addBuild, addDoctor]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof AppError ? error : mapDatabaseError(error);
  console.error(known ? known.message : error);
  process.exitCode = 1;
} finally {
  await disconnectAll();
}
