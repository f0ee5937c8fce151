import { isObject } from '#lib/core/json.ts';
import { agentKey, fingerprintKey, githubKey, mcpServerKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { inStatedEnvironment } from '../stated-environment.ts';
import { maskSecrets } from '../mask-secrets.ts';
import type { Mention } from '../logged-use.ts';
import { at, field, id, isTrue, objects, text, texts } from '../read-value.ts';
import { configuredServers, packageOf, serverOf } from './forms.ts';
import { heldSecrets, safeAddress } from './secret-references.ts';

/**
 * Model Context Protocol: what an agent host is configured with, and what a registry says of servers (docs/formats/mcp.md).
 * The agent host is `defaults.tenant`, else the file's name.
 */
export const mcp: Connector = {
  name: 'mcp',
  title: 'MCP client configuration and server registry',
  kind: 'inventory',
  syntax: ['json'],
  lists: [],
  recognise,
  open: (sink, context) => new McpReader(inStatedEnvironment(sink, context), context),
};

function recognise(sample: Sample): number {
  const first = sample.first;
  if (!isObject(first)) return /"mcpServers"\s*:\s*\{/.test(sample.head) ? 0.8 : 0;
  if (configuredServers(first) !== null) return 0.95;
  const listed = field(first, 'servers');
  const entry = serverOf(Array.isArray(listed) ? (listed[0] as unknown) : first);
  return entry === null ? 0 : 0.9;
}

class McpReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
  }

  record(record: SourceRecord): void {
    if (!isObject(record.value)) throw new RejectedRecord('the record is not an object');
    const configured = configuredServers(record.value);
    if (configured !== null) {
      this.#configuration(configured, record.file);
      return;
    }
    const listed = objects(field(record.value, 'servers'));
    const entries = (listed.length > 0 ? listed : [record.value]).map(serverOf);
    if (entries.every((entry) => entry === null))
      throw new RejectedRecord('neither a client configuration nor a server entry');
    for (const entry of entries) if (entry !== null) this.#server(entry);
  }

  end(): void {
    this.#sink.scope({
      scope: `mcp:${this.#context.defaults.tenant ?? 'default'}`,
      complete: this.#context.complete,
    });
  }

  /** An agent host uses each server, and holds what the configuration gives the server to authenticate with. */
  #configuration(servers: Record<string, unknown>, file: string): void {
    const name =
      text(
        this.#context.defaults.tenant ??
          file
            .split(/[\\/]/)
            .filter((part) => part !== '')
            .slice(-2)
            .join('/'),
        200,
      ) ?? 'agent host';
    const host: Mention = {
      key: agentKey(name, 'mcp-client'),
      kind: 'agent',
      type: 'mcp_host',
      name: `agent host ${name}`,
      zone: `agent:${name}`,
    };
    this.#sink.node({ ...host, standing: 'inventory' });
    for (const [label, server] of Object.entries(servers)) {
      const shown = id(label.slice(0, 200), 'server name');
      if (!isObject(server) || shown === undefined) continue;
      const url = text(field(server, 'url') ?? field(server, 'serverUrl'), 2000);
      const address = url === undefined ? null : safeAddress(url);
      const program = address === null ? packageOf(server) : null;
      const key = mcpServerKey(
        address === null ? (program ?? `${name}/${shown}`) : address.replace(/^\w+:\/\//, ''),
      );
      this.#sink.node({
        key,
        kind: 'resource',
        standing: 'inventory',
        type: 'mcp_server',
        name: shown,
        zone: address === null ? `agent:${name}` : (URL.parse(address)?.host ?? address),
        props: {
          transport: address === null ? 'stdio' : 'remote',
          ...(address === null ? {} : { address }),
          ...(program === null ? {} : { package: program, unpinned: !/@\d|@sha256|==/.test(program) }),
          ...(isTrue(field(server, 'disabled')) ? { disabled: true } : {}),
        },
      });
      this.#sink.edge({
        from: host.key,
        kind: 'grants',
        to: key,
        level: 'use',
        qualifier: `configured as ${shown}`.slice(0, 300),
      });
      this.#secrets(server, host, key, shown);
    }
  }

  #secrets(server: Record<string, unknown>, host: Mention, key: string, shown: string): void {
    for (const place of ['env', 'headers'] as const) {
      for (const secret of heldSecrets(field(server, place))) {
        const credential =
          secret.value === null
            ? `${key}/credentials/${place}/${secret.name}`
            : fingerprintKey('mcp', this.#context.fingerprint(secret.value));
        this.#sink.node({
          key: credential,
          kind: 'credential',
          standing: 'inventory',
          type: place === 'env' ? 'api_key' : 'token',
          name: `${secret.name} for ${shown}`,
          boundTo: 'workload',
          props: { place, variable: secret.name, inline: secret.isInline },
        });
        this.#sink.edge({
          from: host.key,
          kind: 'holds',
          to: credential,
          qualifier: `${place} ${secret.name} of ${shown}`.slice(0, 300),
        });
      }
    }
  }

  /** A registry's entry: whose server it is, and which credentials it will ask for. */
  #server(entry: Record<string, unknown>): void {
    const name = id(field(entry, 'name'), 'name');
    if (name === undefined) throw new RejectedRecord('the server has no name');
    const packages = objects(field(entry, 'packages'));
    const registries = objects(field(entry, 'registries'));
    const variables = packages.flatMap((one) =>
      objects(field(one, 'environment_variables') ?? field(one, 'environmentVariables')),
    );
    const remotes = objects(field(entry, 'remotes'));
    const headers = remotes.flatMap((one) => objects(field(one, 'headers')));
    const secrets = [...variables, ...headers].filter((one) =>
      isTrue(field(one, 'is_secret') ?? field(one, 'isSecret')),
    );
    const repository = text(at(entry, 'repository', 'url'), 400);
    const description = text(field(entry, 'description'), 400);
    const key = mcpServerKey(name);
    const kinds = [
      ...packages.map((one) => field(one, 'registry_name') ?? field(one, 'registryType')),
      ...registries.map((one) => field(one, 'packagename')),
    ];
    this.#sink.node({
      key,
      kind: 'resource',
      standing: 'inventory',
      type: 'mcp_server',
      provider: 'mcp-registry',
      name,
      zone: name.split('/')[0] ?? name,
      ...(description === undefined ? {} : { purpose: maskSecrets(description) }),
      props: {
        version: text(at(entry, 'version_detail', 'version') ?? field(entry, 'version'), 60) ?? null,
        registries: [...new Set(texts(kinds, 60))],
        remotes: remotes.flatMap((one) => safeAddress(text(field(one, 'url'), 2000) ?? '') ?? []),
        variables: variables.length,
        secretsNeeded: secrets.map((one) => text(field(one, 'name'), 100) ?? 'unnamed').slice(0, 50),
      },
    });
    this.#owner(key, name, repository);
  }

  /** The namespace of a name is verified by the registry: whoever controls it publishes the server. */
  #owner(key: string, name: string, repository: string | undefined): void {
    const match = /github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(repository ?? '');
    if (match) {
      const slug = `${match[1] ?? ''}/${match[2] ?? ''}`;
      const from = githubKey('repos', slug);
      this.#sink.node({
        key: from,
        kind: 'resource',
        standing: 'reference',
        provider: 'github',
        type: 'repository',
        name: slug,
      });
      this.#sink.edge({ from, kind: 'contains', to: key, qualifier: 'source' });
    }
    const namespace = name.split('/')[0] ?? '';
    const owner = match?.[1] ?? (namespace.includes('.') ? namespace : undefined);
    if (owner === undefined) return;
    const team = match ? githubKey('orgs', owner) : `team://${owner.toLowerCase()}`;
    this.#sink.node({ key: team, kind: 'team', standing: 'reference', name: owner });
    const evidence = `publisher ${namespace === '' ? owner : namespace} in the server registry`;
    this.#sink.claim({ owner: team, node: key, basis: 'manifest', evidence, confidence: 0.6 });
  }
}
