import { isObject } from '#lib/core/json.ts';
import { githubKey, personKey } from '#lib/core/keys.ts';
import type { Connector, FactSink, ReadContext, Reader, Sample, SourceRecord } from '../connector.ts';
import { fittingSink } from '../fitting-sink.ts';
import type { EdgeFact, NodeFact } from '../facts.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { at, text, texts } from '../read-value.ts';
import { environmentOf, readLabels } from '../stated-facts.ts';
import { namedIdentities } from './cloud-identities.ts';
import { type Entity, keyOf, nodeKindOf, readEntity, type Reference } from './entity.ts';
import { Owners } from './owners.ts';
import { references, Teams } from './teams.ts';

/** Backstage catalogue entities as YAML documents or JSON (docs/formats/ownership.md). */
export const backstage: Connector = {
  name: 'backstage',
  title: 'Backstage catalogue entities',
  kind: 'inventory',
  syntax: ['yaml', 'json'],
  lists: ['items'],
  recognise,
  open: (sink, context) => new BackstageReader(fittingSink(sink), context),
};

function recognise(sample: Sample): number {
  const first = sample.first;
  const item = isObject(first) && Array.isArray(first['items']) ? (first['items'][0] as unknown) : first;
  const version = at(item, 'apiVersion');
  if (typeof version === 'string') return version.startsWith('backstage.io/') && isObject(item) ? 1 : 0;
  return /^\s*"?apiVersion"?\s*:\s*"?backstage\.io\//m.test(sample.head) ? 0.9 : 0;
}

class BackstageReader implements Reader {
  readonly #sink: FactSink;
  readonly #scope: string;
  readonly #context: ReadContext;
  readonly #owners = new Owners();
  readonly #teams = new Teams();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
    this.#scope = `backstage:${context.defaults.tenant ?? 'default'}`;
  }

  record(record: SourceRecord): void {
    if (record.value === null) return;
    const entity = readEntity(record.value);
    const place = nodeKindOf(entity.kind, entity.spec);
    if (place === null) {
      if (!/^(?:location|template)$/i.test(entity.kind)) this.#sink.unknown(`kind ${entity.kind}`);
      return;
    }
    this.#sink.node(this.#node(entity, place), this.#scope);
    this.#owners.add(entity);
    this.#teams.add(entity);
    if (place.kind === 'service' || place.kind === 'agent') this.#component(entity);
    this.#relations(entity, place.kind === 'resource');
    this.#aliases(entity);
  }

  end(): void {
    this.#teams.write(this.#sink, this.#scope);
    this.#owners.write(this.#sink, this.#scope);
    this.#sink.scope({ scope: this.#scope, complete: this.#context.complete });
  }

  #node(entity: Entity, place: { kind: NodeFact['kind']; type?: string }): NodeFact {
    const { metadata, spec } = entity;
    const description = text(metadata['description'], 400);
    const lifecycle = text(spec['lifecycle'], 100);
    const environment = environmentOf(lifecycle);
    const type = place.type ?? text(spec['type'], 100)?.toLowerCase();
    const shown = text(metadata['title']) ?? text(at(spec, 'profile', 'displayName')) ?? entity.name;
    return {
      key: keyOf(entity),
      kind: place.kind,
      standing: 'inventory',
      name: shown,
      provider: 'backstage',
      ...(type === undefined ? {} : { type }),
      ...(description === undefined ? {} : { purpose: maskSecrets(description) }),
      ...(environment === undefined ? {} : { environment }),
      labels: Object.fromEntries(readLabels(metadata['labels'], metadata['annotations'])),
      props: {
        entity: `${entity.kind}:${entity.namespace}/${entity.name}`,
        ...(lifecycle === undefined ? {} : { lifecycle }),
        ...(spec['type'] === undefined ? {} : { type: text(spec['type'], 100) ?? null }),
        ...(metadata['tags'] === undefined ? {} : { tags: texts(metadata['tags'], 100).slice(0, 50) }),
        ...dependencies(entity),
      },
    };
  }

  /** A component answers for the APIs it provides, uses those it consumes, and is built from its repository. */
  #component(entity: Entity): void {
    const key = keyOf(entity);
    for (const api of references(entity, 'consumesApis', 'API')) this.#grant(key, api, 'use', 'consumes');
    for (const api of references(entity, 'providesApis', 'API')) this.#grant(key, api, 'admin', 'provides');
    for (const one of references(entity, 'dependsOn', 'Component')) {
      if (nodeKindOf(one.kind)?.kind === 'resource') this.#grant(key, one, 'use', 'depends on');
    }
    for (const { node, annotation } of namedIdentities(entity.metadata['annotations'])) {
      this.#sink.node(node);
      this.#edge({ from: key, kind: 'runs_as', to: node.key, qualifier: annotation });
    }
    const repository = repositoryOf(entity.metadata['annotations']);
    if (repository === null) return;
    const from = githubKey('repos', repository);
    this.#sink.node({
      key: from,
      kind: 'resource',
      standing: 'reference',
      provider: 'github',
      type: 'repository',
      name: repository,
    });
    this.#edge({ from, kind: 'hosts', to: key, qualifier: 'built from' });
  }

  #grant(from: string, to: Reference, level: 'use' | 'admin', qualifier: string): void {
    const place = nodeKindOf(to.kind);
    if (place?.kind !== 'resource') return;
    this.#state(to, place);
    this.#edge({ from, kind: 'grants', to: keyOf(to), level, qualifier });
  }

  /** A system contains its parts, a domain its systems: whoever administers the one administers the other. */
  #relations(entity: Entity, isResource: boolean): void {
    const parents = [...references(entity, 'system', 'System'), ...references(entity, 'domain', 'Domain')];
    for (const parent of parents) {
      const place = nodeKindOf(parent.kind);
      if (place?.kind !== 'resource') continue;
      this.#state(parent, place);
      this.#edge({ from: keyOf(parent), kind: 'contains', to: keyOf(entity), qualifier: 'part of' });
    }
    if (!isResource) return;
    for (const one of references(entity, 'dependencyOf', 'Component')) {
      const place = nodeKindOf(one.kind);
      if (place?.kind !== 'service') continue;
      this.#state(one, place);
      this.#edge({
        from: keyOf(one),
        kind: 'grants',
        to: keyOf(entity),
        level: 'use',
        qualifier: 'depends on',
      });
    }
  }

  /** Names by which other sources know a team or a person, where the entity itself states them. */
  #aliases(entity: Entity): void {
    const key = keyOf(entity);
    const kind = entity.kind.toLowerCase();
    const annotations = entity.metadata['annotations'];
    if (kind === 'group') {
      const slug = text(at(annotations, 'github.com/team-slug'), 200);
      if (slug?.includes('/')) this.#sink.alias({ alias: githubKey('teams', slug), key });
    }
    if (kind === 'user') {
      const mail = text(at(entity.spec, 'profile', 'email'), 200);
      if (mail?.includes('@')) this.#sink.alias({ alias: key, key: personKey(mail) });
      const login = text(at(annotations, 'github.com/user-login'), 100);
      if (login !== undefined) this.#sink.alias({ alias: githubKey('users', login), key });
    }
  }

  #state(reference: Reference, place: { kind: NodeFact['kind']; type?: string }): void {
    this.#sink.node({
      key: keyOf(reference),
      standing: 'reference',
      provider: 'backstage',
      name: reference.name,
      ...place,
    });
  }

  #edge(edge: EdgeFact): void {
    this.#sink.edge(edge, this.#scope);
  }
}

/** Relations between components, which are no permissions, are shown on the card. */
function dependencies(entity: Entity): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const shown = (name: string): string[] => references(entity, name, 'Component').slice(0, 100).map(keyOf);
  if (entity.spec['dependsOn'] !== undefined) found['dependsOn'] = shown('dependsOn');
  if (entity.spec['subcomponentOf'] !== undefined) found['subcomponentOf'] = shown('subcomponentOf');
  return found;
}

function repositoryOf(annotations: unknown): string | null {
  const slug = text(at(annotations, 'github.com/project-slug'), 200);
  if (slug !== undefined && /^[\w.-]+\/[\w.-]+$/.test(slug)) return slug;
  const location = text(at(annotations, 'backstage.io/source-location'), 500);
  const match = /^(?:url:)?https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/|$)/.exec(location ?? '');
  return match?.[1] ?? null;
}
