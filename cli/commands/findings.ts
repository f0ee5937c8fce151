import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { closeEngine } from '#lib/exposure/engine.ts';
import { evaluateFindings } from '#lib/findings/evaluate-findings.ts';

/** `bailiwick findings`: runs the rules now, and says what changed. */
export function addFindings(program: Command): void {
  program
    .command('findings')
    .description('run the rules over the graph: what is new, what no longer holds, what is open')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      await connect();
      const news = await evaluateFindings(systemActor('cli', 'Command line')).finally(closeEngine);
      if (options.json) console.log(JSON.stringify(news));
      else
        console.log(
          `${news.opened} new, ${news.reopened} opened again, ${news.fixed} fixed, ${news.gone} gone; ${news.open} open.`,
        );
    });
}
