import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { addGraphPlans } from './graph-plans.ts';
import { blastRadius } from '#lib/exposure/blast-radius.ts';
import { closeEngine } from '#lib/exposure/engine.ts';
import { explainPath } from '#lib/exposure/explain-path.ts';
import { pathQuery, reachQuery } from '#lib/exposure/schema.ts';

type ReachOptions = {
  mode: 'granted' | 'exercised';
  maxHops?: string;
  into?: boolean;
  conditional: boolean;
  json?: boolean;
};
type PathOptions = { mode: 'granted' | 'exercised'; conditional: boolean; json?: boolean };

const actor = systemActor('cli', 'Command line');

/** `bailiwick graph reach KEY`, `bailiwick graph path FROM TO`, and the plans of graph-plans.ts. */
export function addGraph(program: Command): void {
  const graph = program.command('graph').description('ask the trust graph');
  graph
    .command('reach')
    .description('what whoever controls KEY can reach: counts by kind and by hop')
    .argument('<key>', 'canonical key, e.g. an ARN')
    .option('--mode <mode>', 'granted (what may be done) or exercised (what logs show was done)', 'granted')
    .option('--max-hops <n>', 'stop after so many hops')
    .option('--into', 'the other way round: who can reach KEY')
    .option('--no-conditional', 'leave out what holds only under conditions')
    .option('--json', 'print one JSON document')
    .action(reach);
  graph
    .command('path')
    .description('why FROM reaches TO: the shortest path, hop by hop')
    .argument('<from>', 'canonical key')
    .argument('<to>', 'canonical key')
    .option('--mode <mode>', 'granted or exercised', 'granted')
    .option('--no-conditional', 'leave out what holds only under conditions')
    .option('--json', 'print one JSON document')
    .action(path);
  addGraphPlans(graph, actor);
}

async function reach(key: string, options: ReachOptions): Promise<void> {
  await connect();
  const query = reachQuery.parse({
    key,
    mode: options.mode,
    conditional: String(options.conditional),
    direction: options.into ? 'into' : 'from',
    limit: '1',
    ...(options.maxHops === undefined ? {} : { hops: options.maxHops }),
  });
  const found = await blastRadius(actor, query).finally(closeEngine);
  const byKind = Object.fromEntries(found.byKind.map(({ kind, count }) => [kind, count]));
  const byHop = Object.fromEntries(found.byHop.map((count, index) => [String(index + 1), count]));
  const truncated = found.truncated !== null;
  const answer = {
    start: found.start.key,
    mode: query.mode,
    reached: found.reached,
    byKind,
    byHop,
    truncated,
    version: found.version,
  };
  if (options.json) console.log(JSON.stringify(answer));
  else {
    console.log(
      `${found.start.name} (${found.start.kind}) reaches ${found.reached} nodes, ${query.mode}, graph version ${found.version}.`,
    );
    console.table(byKind);
    console.log(
      `By hop: ${found.byHop.join(', ') || 'none'}${truncated ? ` (stopped early: ${String(found.truncated)})` : ''}`,
    );
  }
}

async function path(from: string, to: string, options: PathOptions): Promise<void> {
  await connect();
  const query = pathQuery.parse({ from, to, mode: options.mode, conditional: String(options.conditional) });
  const found = await explainPath(actor, query).finally(closeEngine);
  const hops = (found.paths[0]?.hops ?? []).map((hop) => ({
    from: hop.from.key,
    edge: hop.edge.kind,
    to: hop.to.key,
    level: hop.edge.level,
    conditional: hop.edge.conditional,
    sentence: hop.sentence,
  }));
  if (options.json)
    console.log(
      JSON.stringify({
        from: found.from.key,
        to: found.to.key,
        found: found.paths.length > 0,
        hops,
        version: found.version,
      }),
    );
  else if (hops.length === 0) console.log(`${found.from.name} does not reach ${found.to.name}.`);
  else hops.forEach((hop, index) => console.log(`${index + 1}. ${hop.sentence}`));
}
