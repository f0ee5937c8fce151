import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import { checkChain } from '#lib/audit/check-chain.ts';
import { readExport } from '#lib/audit/read-export.ts';
import { verifyChain } from '#lib/audit/verify.ts';

type Options = { file?: string; json?: boolean };

/** `bailiwick verify-audit`: is the audit log whole? Exit code 1 when it is not. */
export function addVerifyAudit(program: Command): void {
  program
    .command('verify-audit')
    .description('verify the hash chain of the audit log and every signed checkpoint of it')
    .option('--file <file>', 'verify an exported audit.ndjson instead, without a database')
    .option('--json', 'print one JSON document')
    .action((options: Options) =>
      options.file === undefined ? verifyLog(options) : verifyFile(options.file, options),
    );
}

async function verifyLog(options: Options): Promise<void> {
  await connect();
  const report = await checkChain();
  if (!report.ok) process.exitCode = 1;
  if (options.json === true) {
    console.log(JSON.stringify(report));
    return;
  }
  console.log(sentence(report));
  for (const problem of report.checkpoints.problems) console.log(problem);
  console.log(`${report.checkpoints.checked} checkpoints compared. Public key: ${report.publicKey}`);
}

async function verifyFile(file: string, options: Options): Promise<void> {
  const verdict = await verifyChain(readExport(createReadStream(file)));
  const ok = verdict.firstBad === null;
  if (!ok) process.exitCode = 1;
  const report = { ok, rows: verdict.rows, head: verdict.head.toString('hex'), firstBad: verdict.firstBad };
  console.log(options.json === true ? JSON.stringify(report) : sentence(report));
}

function sentence(report: {
  rows: number;
  head: string;
  firstBad: { seq: string; reason: string } | null;
}): string {
  if (report.firstBad === null) return `The chain of ${report.rows} rows is whole. Head: ${report.head}`;
  return `The chain breaks at row ${report.firstBad.seq}: ${report.firstBad.reason}. The ${report.rows} rows before it are whole.`;
}
