import type { Command } from 'commander';
import { connect } from '#cli/connect.ts';
import type { Actor } from '#lib/authz/actor.ts';
import { compareDates } from '#lib/exposure/compare-dates.ts';
import { cutPlanQuery, minimumCutQuery } from '#lib/exposure/cut-schema.ts';
import { closeEngine } from '#lib/exposure/engine.ts';
import { compareQuery, rankQuery } from '#lib/exposure/estate-schema.ts';
import { planRevocations } from '#lib/exposure/plan-revocations.ts';
import { protectTargets } from '#lib/exposure/protect-targets.ts';
import { rankIdentities } from '#lib/exposure/rank-identities.ts';

type Common = { conditional: boolean; json?: boolean };
type CutOptions = Common & { cuts: string; protect?: string | true };
type RankOptions = Common & { measure: string; limit: string; asOf?: string };
type CompareOptions = Common & { before: string; after?: string; key?: string };

/** `bailiwick graph cut KEY`, `bailiwick graph rank` and `bailiwick graph compare`. */
export function addGraphPlans(graph: Command, actor: Actor): void {
  const command = (name: string, description: string) =>
    graph
      .command(name)
      .description(description)
      .option('--no-conditional', 'leave out what holds only under conditions')
      .option('--json', 'print one JSON document');
  command('cut', 'what to revoke first, so that KEY reaches less')
    .argument('<key>', 'canonical key, e.g. an ARN')
    .option('--cuts <n>', 'most trust relations to revoke', '5')
    .option(
      '--protect [target]',
      'instead: the fewest to revoke so that KEY reaches no crown jewel, or not the target',
    )
    .action((key: string, options: CutOptions) => cut(actor, key, options));
  command('rank', 'every identity by what it reaches, the widest first')
    .option('--measure <measure>', 'weight (sensitivity of what is reached) or count', 'weight')
    .option('--limit <n>', 'how many to show', '20')
    .option('--as-of <time>', 'as it was then, e.g. 2026-03-01T00:00:00Z')
    .action((options: RankOptions) => rank(actor, options));
  command('compare', 'what came and went between two dates')
    .requiredOption('--before <time>', 'the earlier, e.g. 2026-03-01T00:00:00Z')
    .option('--after <time>', 'the later; now when absent')
    .option('--key <key>', 'whose reach to compare as well')
    .action((options: CompareOptions) => compare(actor, options));
}

async function cut(actor: Actor, key: string, options: CutOptions): Promise<void> {
  await connect();
  const scope = { key, conditional: String(options.conditional) };
  if (options.protect !== undefined) return protect(actor, scope, options);
  const plan = await planRevocations(actor, cutPlanQuery.parse({ ...scope, cuts: options.cuts })).finally(
    closeEngine,
  );
  if (options.json) {
    print(plan);
    return;
  }
  console.log(`${plan.start.name} reaches ${plan.before.count} nodes, graph version ${plan.version}.`);
  for (const [i, step] of plan.steps.entries()) {
    console.log(`${i + 1}. ${step.sentence}`);
    if (step.hops.length > 1) for (const hop of step.hops) console.log(`   ${hop.sentence}`);
  }
  console.log(`After that it reaches ${plan.after.count}.`);
}

async function protect(
  actor: Actor,
  scope: { key: string; conditional: string },
  { protect: target, json }: CutOptions,
): Promise<void> {
  const query = minimumCutQuery.parse({ ...scope, ...(typeof target === 'string' ? { target } : {}) });
  const found = await protectTargets(actor, query).finally(closeEngine);
  if (json) {
    print(found);
    return;
  }
  console.log(
    `${found.start.name} reaches ${found.reached} of ${found.targets}, graph version ${found.version}.`,
  );
  if (found.hops === null) console.log('Nothing that can be revoked stands between them.');
  for (const [i, hop] of (found.hops ?? []).entries()) console.log(`${i + 1}. ${hop.sentence}`);
}

async function rank(actor: Actor, { measure, limit, asOf, conditional, json }: RankOptions): Promise<void> {
  await connect();
  const query = { measure, limit, conditional: String(conditional), ...(asOf === undefined ? {} : { asOf }) };
  const found = await rankIdentities(actor, rankQuery.parse(query)).finally(closeEngine);
  if (json) {
    print(found);
    return;
  }
  const error =
    found.standardError === 0 ? 'exact' : `standard error ${(found.standardError * 100).toFixed(1)} %`;
  console.log(
    `${found.identities} identities by ${found.measure}, ${error}, graph version ${found.version}.`,
  );
  for (const { rank: place, node, score } of found.rows) {
    console.log(
      `${String(place).padStart(5)}. ${Math.round(score).toLocaleString('en').padStart(12)}  ${node.kind}  ${node.key}`,
    );
  }
}

async function compare(
  actor: Actor,
  { before, after, key, conditional, json }: CompareOptions,
): Promise<void> {
  await connect();
  const query = compareQuery.parse({
    ...{ before, conditional: String(conditional) },
    ...(after === undefined ? {} : { after }),
    ...(key === undefined ? {} : { key }),
  });
  const found = await compareDates(actor, query).finally(closeEngine);
  if (json) {
    print(found);
    return;
  }
  console.log(`${found.before} to ${found.after}, graph version ${found.version}.`);
  console.log(
    `Nodes: ${found.nodes.added} added, ${found.nodes.gone} gone. Edges: ${found.edges.added} added, ${found.edges.gone} gone.`,
  );
  for (const { change, sentence } of found.edges.rows)
    console.log(`${change === 'added' ? '+' : '-'} ${sentence}`);
  if (!found.reach) return;
  const { start, gained, lost, changed } = found.reach;
  console.log(`The reach of ${start.name}: ${gained} gained, ${lost} lost, ${changed} at another level.`);
  for (const { node, before: from, after: to } of found.reach.rows) {
    console.log(
      `${to === null ? '-' : from === null ? '+' : '~'} ${node.key} (${from ?? 'not reached'} → ${to ?? 'not reached'})`,
    );
  }
}

function print(answer: unknown): void {
  console.log(JSON.stringify(answer));
}
