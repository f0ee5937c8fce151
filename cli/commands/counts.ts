import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { countGraph } from '#lib/ingest/count-graph.ts';

/** `bailiwick counts`: nodes and edges by kind, events, identities without owner. */
export function addCounts(program: Command): void {
  program
    .command('counts')
    .description('Count nodes and edges by kind, usage events, and identities that nobody owns')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      await connect();
      const counts = await countGraph(systemActor('cli', 'Command line'));
      if (json) console.log(JSON.stringify(counts, null, 2));
      else console.log(table(counts));
    });
}

function table({ nodes, edges, events, unowned }: Awaited<ReturnType<typeof countGraph>>): string {
  const rows: [string, number][] = [
    ...Object.entries(nodes).map(([kind, count]): [string, number] => [`node  ${kind}`, count]),
    ...Object.entries(edges).map(([kind, count]): [string, number] => [`edge  ${kind}`, count]),
    ['usage events', events],
    ['identities without owner', unowned],
  ];
  return rows
    .map(([name, count]) => `${name.padEnd(28)}${count.toLocaleString('en').padStart(12)}`)
    .join('\n');
}
