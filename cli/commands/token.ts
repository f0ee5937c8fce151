import type { Command } from 'commander';
import { z } from 'zod';
import { connect } from '#cli/connect.ts';
import { createToken, revokeToken, rotateToken } from '#lib/auth/tokens/change-tokens.ts';
import { listTokens, sourceIdsByName } from '#lib/auth/tokens/list-tokens.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { TOKEN_SCOPES } from '#lib/authz/permissions.ts';

type CreateOptions = { name: string; scope: string[]; source?: string[]; days: string; json?: boolean };
type JsonOption = { json?: boolean };

const actor = systemActor('cli', 'Command line');

/** `bailiwick token create|list|rotate|revoke`: API tokens for machines. */
export function addToken(program: Command): void {
  const token = program
    .command('token')
    .description('API tokens for machines that push inventory or ask questions');
  token
    .command('create')
    .description('make a token; it is printed once and not kept')
    .requiredOption('--name <name>', 'what it is for, e.g. the pipeline that uses it')
    .requiredOption('--scope <scope...>', `what it may do: ${TOKEN_SCOPES.join(', ')}`)
    .option('--source <name...>', 'sources that it may write to; without it all')
    .option('--days <n>', 'days until it expires, at most 365', '90')
    .option('--json', 'print one JSON document')
    .action(create);
  token
    .command('list')
    .description('the tokens there are')
    .option('--json', 'print one JSON document')
    .action(list);
  token
    .command('rotate')
    .description('replace a token by a new one; the old one stops at once')
    .argument('<id>', 'tok_…')
    .option('--json', 'print one JSON document')
    .action((id: string, options: JsonOption) => change('rotate', id, options));
  token
    .command('revoke')
    .description('stop a token')
    .argument('<id>', 'tok_…')
    .option('--json', 'print one JSON document')
    .action((id: string, options: JsonOption) => change('revoke', id, options));
}

async function create(options: CreateOptions): Promise<void> {
  const scopes = z.array(z.enum(TOKEN_SCOPES)).parse(options.scope);
  const expiresInDays = z.coerce.number().int().min(1).max(365).parse(options.days);
  await connect();
  const sourceIds = await sourceIdsByName(options.source ?? []);
  const made = await createToken(actor, { name: options.name, scopes, sourceIds, expiresInDays });
  if (options.json === true) console.log(JSON.stringify(made));
  else
    console.log(
      `${made.token}\n\nIt is shown only now. It expires on ${made.expiresAt.slice(0, 10)} (id ${made.id}).`,
    );
}

async function list(options: JsonOption): Promise<void> {
  await connect();
  const { rows } = await listTokens();
  if (options.json === true) {
    console.log(JSON.stringify(rows));
    return;
  }
  for (const row of rows)
    console.log(
      [
        row.id,
        row.prefix,
        row.state.padEnd(7),
        row.expiresAt.slice(0, 10),
        row.name,
        row.scopes.join(','),
      ].join('  '),
    );
  if (rows.length === 0) console.log('There are no tokens yet: bailiwick token create --help');
}

async function change(what: 'rotate' | 'revoke', id: string, options: JsonOption): Promise<void> {
  await connect();
  const done = await (what === 'rotate' ? rotateToken(actor, id) : revokeToken(actor, id));
  if (options.json === true) console.log(JSON.stringify(done));
  else if ('token' in done) console.log(`${String(done.token)}\n\nIt is shown only now.`);
  else console.log(`${id} is revoked.`);
}
