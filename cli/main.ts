import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { ZodError } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { mapDatabaseError } from '#lib/db/map-error.ts';
import { addBuild } from './commands/build.ts';
import { addCounts } from './commands/counts.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExport } from './commands/export.ts';
import { addFindings } from './commands/findings.ts';
import { addGraph } from './commands/graph.ts';
import { addIngest } from './commands/ingest.ts';
import { addToken } from './commands/token.ts';
import { addUp } from './commands/up.ts';
import { addVerify } from './commands/verify.ts';
import { addVerifyAudit } from './commands/verify-audit.ts';
import { disconnectAll } from './connect.ts';

const { version, description } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '..', 'package.json'), 'utf8'),
) as { version: string; description: string };

const program = new Command('bailiwick').description(description).version(version).showHelpAfterError();
const commands = [
  addUp,
  addBuild,
  addIngest,
  addCounts,
  addFindings,
  addGraph,
  addToken,
  addExport,
  addVerify,
  addVerifyAudit,
  addDoctor,
];
for (const add of commands) add(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
} finally {
  await disconnectAll();
}

function messageOf(error: unknown): unknown {
  if (error instanceof ZodError)
    return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n');
  const known = error instanceof AppError ? error : mapDatabaseError(error);
  return known?.message ?? error;
}
