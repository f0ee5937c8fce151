import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { CONNECTORS } from '#lib/connectors/registry.ts';
import { AppError } from '#lib/core/errors.ts';
import { mappingTextSchema } from '#lib/ingest/mapping-schema.ts';
import type { InputSource } from '#lib/ingest/containers.ts';
import { importInput, type ImportResult } from '#lib/ingest/import.ts';
import type { ImportOptionsInput } from '#lib/ingest/options.ts';
import type { RunResult } from '#lib/ingest/run-result.ts';
import { settleRuns } from '#lib/revocation/settle-runs.ts';

type Flags = {
  source?: string;
  format: string;
  dryRun?: boolean;
  complete?: boolean;
  asOf?: string;
  tenant?: string;
  namespace?: string;
  environment?: 'production';
  yes?: boolean;
  reread?: boolean;
  replayOf?: string;
  mapping?: string;
  json?: boolean;
};

/** `bailiwick ingest PATH…`: imports files, folders and archives, or standard input as `-`. */
export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('Import inventory and usage logs: files, folders, .zip, .gz, or - for standard input')
    .argument('<path...>', 'what to import')
    .option('--source <name>', 'source to import into (default: the name of the format)')
    .option('--format <format>', `auto, or one of: ${CONNECTORS.map(({ name }) => name).join(', ')}`, 'auto')
    .option('--dry-run', 'show what would be added, changed and ended, and change nothing')
    .option('--complete', 'the input is the complete content of its scopes: what it lacks has ended')
    .option('--as-of <time>', 'when the input was true, as in 2026-01-31T00:00:00Z (default: now)')
    .option('--tenant <name>', 'account, cluster or tenant, where the input does not say it')
    .option('--namespace <name>', 'namespace, where the input does not say it')
    .option('--environment <name>', 'environment, where the input does not say it')
    .option('--yes', 'go on though more than a fifth of the source would end')
    .option('--reread', 'read log files again that were imported before')
    .option('--replay-of <run>', 'this input mends the rejected records of that run')
    .option(
      '--mapping <file>',
      'JSON file that says what the columns of a CSV mean; remembered for the source',
    )
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(paths: string[], flags: Flags): Promise<void> {
  await connect();
  const showsProgress = !flags.json && process.stderr.isTTY;
  const result = await importInput(systemActor('cli', 'Command line'), {
    inputs: paths.map(inputOf),
    options: { ...optionsOf(flags), ...(await mappingOf(flags)) },
    ...(showsProgress
      ? {
          onProgress: (bytes, records) =>
            process.stderr.write(`\r${megabytes(bytes)} read, ${records} records `),
        }
      : {}),
  });
  await settleRuns();
  if (showsProgress) process.stderr.write('\r\u001b[K');
  if (flags.json) console.log(JSON.stringify(result, null, 2));
  else console.log(report(result));
  if (!result.runs.every(tookEffect)) process.exitCode = 1;
}

const tookEffect = ({ state }: RunResult): boolean => state === 'done' || state === 'unchanged';

function inputOf(given: string): InputSource {
  if (given !== '-') return { path: path.resolve(given), name: path.basename(path.resolve(given)) };
  return { stream: process.stdin as AsyncIterable<Buffer>, name: 'standard input' };
}

function optionsOf(flags: Flags): ImportOptionsInput {
  return {
    format: flags.format,
    sourceName: flags.source,
    dryRun: flags.dryRun,
    complete: flags.complete,
    asOf: flags.asOf,
    confirmShrink: flags.yes,
    reread: flags.reread,
    replayOf: flags.replayOf,
    defaults: { tenant: flags.tenant, namespace: flags.namespace, environment: flags.environment },
  };
}

async function mappingOf({ mapping: file }: Flags): Promise<Pick<ImportOptionsInput, 'mapping'>> {
  if (file === undefined) return {};
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('invalid_input', `${file} cannot be read.`, { cause });
  });
  const read = mappingTextSchema.safeParse(text);
  if (read.success) return { mapping: read.data };
  const problems = read.error.issues.map(({ path: at, message }) => [...at, message].join(': '));
  throw new AppError('invalid_input', `${file} is not a mapping of columns: ${problems.join('; ')}.`);
}

function report({ runs, skipped }: ImportResult): string {
  const lines = runs.flatMap(runLines);
  if (skipped.length > 0) {
    lines.push(`Not read: ${skipped.length} ${skipped.length === 1 ? 'file' : 'files'}`);
    for (const { name, problem } of skipped.slice(0, 5)) lines.push(`  ${name}: ${problem}`);
  }
  return lines.join('\n');
}

function runLines(result: RunResult): string[] {
  const { records, accepted, duplicate, rejected, nodes, edges, events } = result;
  const change = (of: typeof nodes): string => `${of.added} added, ${of.changed} changed, ${of.ended} ended`;
  const lines = [
    `${result.source} (${result.format}): ${result.dryRun ? 'dry run, ' : ''}${result.state.replaceAll('_', ' ')}  ${result.run}`,
    `  records  ${records} = ${accepted} accepted + ${duplicate} duplicate + ${rejected} rejected`,
    `  nodes    ${change(nodes)}`,
    `  edges    ${change(edges)}`,
    `  events   ${events}`,
  ];
  if (result.message !== null) lines.push(`  ${result.message}`);
  for (const { what, count } of result.unknown.slice(0, 5))
    lines.push(`  without meaning here: ${what} (${count})`);
  for (const { file, number, reason } of result.rejections)
    lines.push(`  rejected: ${file}, record ${number}: ${reason}`);
  for (const { file, problem } of result.problems) lines.push(`  not read: ${file}: ${problem}`);
  return lines;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
