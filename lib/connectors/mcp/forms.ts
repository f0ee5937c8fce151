import { isObject } from '#lib/core/json.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { at, field, text, texts } from '../read-value.ts';

/** The named servers of a client configuration: `mcpServers`, or `servers` as VS Code has it. */
export function configuredServers(value: Record<string, unknown>): Record<string, unknown> | null {
  const named = field(value, 'mcpServers') ?? at(value, 'mcp', 'servers');
  if (isObject(named)) return named;
  const servers = field(value, 'servers');
  if (!isObject(servers)) return null;
  const entries = Object.values(servers);
  return entries.length > 0 &&
    entries.every((one) => at(one, 'command') !== undefined || at(one, 'url') !== undefined)
    ? servers
    : null;
}

/** A registry entry, bare or inside `{"server": …}` as the API answers. */
export function serverOf(value: unknown): Record<string, unknown> | null {
  const inner = field(value, 'server');
  const entry = isObject(inner) ? inner : value;
  if (!isObject(entry) || typeof field(entry, 'name') !== 'string') return null;
  const isServer = ['packages', 'remotes', 'registries', 'registrycanonical'].some(
    (name) => field(entry, name) !== undefined,
  );
  return isServer && !Array.isArray(field(entry, 'skills')) ? entry : null;
}

/** The package that a stdio server is started from (`npx -y @scope/name`), else its program; other arguments may hold secrets. */
export function packageOf(server: Record<string, unknown>): string | null {
  const command = text(field(server, 'command'), 300);
  if (command === undefined) return null;
  const program = command.split(/[\\/]/).at(-1) ?? command;
  const args = texts(field(server, 'args'), 200);
  const runner = /^(?:npx|uvx|bunx|pnpm|pipx|docker|deno)(?:\.cmd)?$/.test(program);
  const found = runner
    ? args.find(
        (one) =>
          /^@?[a-z0-9][\w./-]*(?:@[\w.^~-]+|:[\w.-]+)?$/.test(one) && !/^(?:run|dlx|exec|-.*)$/.test(one),
      )
    : undefined;
  return maskSecrets(found ?? program);
}
