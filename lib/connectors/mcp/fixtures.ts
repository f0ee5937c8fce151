import { CANARY } from '../canary.ts';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    mcpServers: {
      search: {
        command: 'npx',
        args: ['-y', '@acme/search-mcp@1.2.0', '--key', CANARY],
        env: { SEARCH_API_KEY: CANARY, LOG_LEVEL: 'info' },
      },
      docs: {
        type: 'http',
        url: `https://docs.example.com/mcp?token=${CANARY}`,
        headers: { Authorization: 'Bearer ${input:docs-token}' },
      },
    },
  },
  { servers: { git: { command: 'uvx', args: ['mcp-git'], env: { GIT_TOKEN: '${GIT_TOKEN}' } } } },
  {
    name: 'io.github.acme/weather',
    description: 'Weather',
    repository: { url: 'https://github.com/acme/weather' },
    version_detail: { version: '1.0.0' },
    packages: [
      {
        registry_name: 'npm',
        name: '@acme/weather',
        environment_variables: [
          { name: 'WEATHER_API_KEY', is_secret: true, value: CANARY },
          { name: 'UNITS' },
        ],
      },
    ],
    remotes: [{ url: 'https://weather.example.com/sse', headers: [{ name: 'X-Key', is_secret: true }] }],
  },
];
