import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import { exportGraphFile } from '#cli/export-graph-file.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { listCampaigns } from '#lib/campaigns/read-campaigns.ts';
import { AppError } from '#lib/core/errors.ts';
import { exportBundle, exportCsv } from '#lib/evidence/export-campaign.ts';

type Flags = { format?: string; table: string; asOf?: string; output?: string; json?: boolean };

const actor = systemActor('cli', 'Command line');
const LISTED_MAX = 200;

/** `bailiwick export [CAMPAIGN|graph]`: the evidence of a campaign, the live graph, or the list of campaigns. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description(
      'Write the evidence of a campaign, or the live graph, to a file; without either, list the campaigns',
    )
    .argument('[campaign]', 'id of the campaign, such as cmp_…, or the word graph')
    .option(
      '--format <format>',
      'of a campaign: bundle (signed JSON) or csv; of the graph: bailiwick, opengraph or csv',
    )
    .option('--table <table>', 'of the graph as CSV: nodes or edges', 'edges')
    .option('--as-of <time>', 'of an ended campaign: tell also what became of its revocations until then')
    .option('-o, --output <file>', 'where to write it (default: a name of its own in this folder)')
    .option('--json', 'print one JSON document')
    .action(async (campaign: string | undefined, flags: Flags) => {
      await connect();
      if (campaign === undefined) await list(flags.json ?? false);
      else if (campaign === 'graph') await exportGraphFile(actor, flags);
      else await write(campaign, flags);
    });
}

async function list(json: boolean): Promise<void> {
  const { rows } = await listCampaigns(actor, { states: [], q: '', page: 1, size: LISTED_MAX });
  if (json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  for (const row of rows)
    console.log(`${row.id}  ${row.state.padEnd(9)}  ${row.decided}/${row.items}  ${row.name}`);
  if (rows.length === 0) console.log('There is no campaign yet.');
}

async function write(campaign: string, flags: Flags): Promise<void> {
  const file =
    flags.format === 'csv'
      ? await exportCsv(actor, campaign)
      : await exportBundle(actor, campaign, optionsOf(flags));
  const path = flags.output ?? file.name;
  await writeFile(path, file.bytes, { flag: flags.output === undefined ? 'w' : 'wx' }).catch(
    (cause: unknown) => {
      throw new AppError(
        'conflict',
        `${path} could not be written. It exists already, or the folder does not.`,
        { cause },
      );
    },
  );
  const written = { file: path, bytes: file.bytes.length };
  console.log(flags.json ? JSON.stringify(written) : `Wrote ${path} (${written.bytes} bytes).`);
}

function optionsOf({ format = 'bundle', asOf }: Flags): { asOf?: Date } {
  if (format !== 'bundle') throw new AppError('invalid_input', 'The format is bundle or csv.');
  if (asOf === undefined) return {};
  const time = new Date(asOf);
  if (Number.isNaN(time.getTime()))
    throw new AppError('invalid_input', 'Give the time as in 2026-01-31T00:00:00Z.');
  return { asOf: time };
}
