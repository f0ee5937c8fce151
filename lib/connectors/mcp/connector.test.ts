import { expect, test } from 'vitest';
import { CANARY } from '../canary.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { mcp } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(mcp, FIXTURES, { defaults: { tenant: 'laptop' } });

test('an agent host uses each configured server and holds its secrets; references are told from values', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.triples('grants')).toEqual([
    'agent://laptop/mcp-client grants mcp://@acme/search-mcp@1.2.0',
    'agent://laptop/mcp-client grants mcp://docs.example.com/mcp',
    'agent://laptop/mcp-client grants mcp://mcp-git',
  ]);
  const held = found.nodesOf('credential').map(({ name, props }) => [name, props?.['inline']]);
  expect(held).toEqual([
    ['SEARCH_API_KEY for search', true],
    ['Authorization for docs', false],
    ['GIT_TOKEN for git', false],
  ]);
  expect(found.text()).not.toContain(CANARY);
});

test('a registry entry says which credentials the server will need and who publishes it', () => {
  expect(found.nodes.get('mcp://io.github.acme/weather')?.props).toMatchObject({
    secretsNeeded: ['WEATHER_API_KEY', 'X-Key'],
    registries: ['npm'],
  });
  expect(found.claims).toMatchObject([{ owner: 'github://orgs/acme', basis: 'manifest' }]);
});

type Expected = {
  mcp_client_config: Record<string, { servers: number; remote: number; servers_with_headers_or_env: number }>;
  mcp_registry_seed: { servers: number; distinct_repository_owners: number };
};

test.skipIf(!hasSharedData)('the public configurations and registry give the counted servers', () => {
  const expected = expectedCounts('agents') as Expected;
  for (const [file, counts] of Object.entries(expected.mcp_client_config)) {
    const input = sharedInputs(`mcp/client-config/${file}`);
    const config = collect(mcp, input);
    const servers = config.nodesOf('resource', 'mcp_server');
    expect(servers.length).toBe(counts.servers);
    expect(servers.filter(({ props }) => props?.['transport'] === 'remote').length).toBe(counts.remote);
    expect(mcp.recognise(sampleOf(input[0]?.text ?? ''))).toBeGreaterThan(0.9);
  }
  const seed = sharedInputs('mcp/registry-seed');
  const registry = collect(mcp, seed);
  expect(registry.rejected).toEqual([]);
  expect(registry.breaches()).toEqual([]);
  expect(registry.nodesOf('resource', 'mcp_server').length).toBe(expected.mcp_registry_seed.servers);
  expect(mcp.recognise(sampleOf(seed[0]?.text ?? ''))).toBeGreaterThan(0.8);
});

test.skipIf(!hasSharedData)(
  'the public server.json examples give the counted variables, secrets and remotes',
  () => {
    const expected = (expectedCounts('agents') as { mcp_server_json_examples: Record<string, number> })
      .mcp_server_json_examples;
    const text = sharedInputs('mcp/server-json').find(({ file }) => file.endsWith('.md'))?.text ?? '';
    const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(
      (match) => JSON.parse(match[1] ?? '') as unknown,
    );
    const servers = collectValue(mcp, examples).nodesOf('resource', 'mcp_server');
    expect(servers.length).toBe(expected['servers']);
    const sum = (name: string): number =>
      servers.reduce((total, { props }) => total + Number(props?.[name] ?? 0), 0);
    expect(sum('variables')).toBe(expected['environment_variables']);
  },
);
