import { isObject } from '#lib/core/json.ts';
import { k8sKey } from '#lib/core/keys.ts';
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
import type { NodeFact } from '../facts.ts';
import type { Mention } from '../logged-use.ts';
import { at, field, id, isTrue, list, objects, text, texts } from '../read-value.ts';
import { isoTime } from '../time.ts';

/** SPIRE registration entries, as `entry show -output json` and `entry create -data` write them (docs/formats/spire.md). */
export const spire: Connector = {
  name: 'spire',
  title: 'SPIRE registration entries',
  kind: 'inventory',
  syntax: ['json'],
  lists: ['entries'],
  recognise,
  open: (sink, context) => new SpireReader(inStatedEnvironment(sink, context), context),
};

function recognise(sample: Sample): number {
  return entriesIn(sample.first).some(isEntry) || isEntry(sample.first) ? 1 : 0;
}

const isEntry = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && field(value, 'spiffe_id') !== undefined && field(value, 'selectors') !== undefined;

/** Entries of a document, also of one that holds several answers by name. */
function entriesIn(value: unknown): Record<string, unknown>[] {
  if (!isObject(value)) return [];
  const own = objects(field(value, 'entries'));
  return own.length > 0 ? own : Object.values(value).flatMap((one) => objects(field(one, 'entries')));
}

class SpireReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;
  readonly #scopes = new Set<string>();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
  }

  record(record: SourceRecord): void {
    const entries = isEntry(record.value) ? [record.value] : entriesIn(record.value);
    if (entries.length === 0) throw new RejectedRecord('the record is no registration entry');
    for (const entry of entries) this.#entry(entry);
  }

  end(): void {
    for (const scope of this.#scopes) this.#sink.scope({ scope, complete: this.#context.complete });
  }

  #entry(entry: Record<string, unknown>): void {
    const spiffeId = spiffeText(field(entry, 'spiffe_id'));
    if (spiffeId === null) throw new RejectedRecord('the entry has no readable SPIFFE id');
    const parent = spiffeText(field(entry, 'parent_id'));
    const domain = domainOf(spiffeId);
    const scope = `spire:${domain}`;
    this.#scopes.add(scope);
    const selectors = objects(field(entry, 'selectors'))
      .map((one) => `${text(field(one, 'type'), 60) ?? ''}:${text(field(one, 'value'), 300) ?? ''}`)
      .sort();
    const created = isoTime(field(entry, 'created_at'));
    const expires = isoTime(field(entry, 'expires_at') ?? field(entry, 'entry_expiry'));
    const entryId = text(field(entry, 'id') ?? field(entry, 'entry_id'), 100);
    const federates = texts(field(entry, 'federates_with'), 200);
    const ttl = text(field(entry, 'x509_svid_ttl') ?? field(entry, 'ttl'), 20);
    this.#sink.node(
      {
        ...identity(spiffeId),
        standing: 'inventory',
        ...(created === null ? {} : { createdAt: created }),
        ...(expires === null ? {} : { expiresAt: expires }),
        props: {
          selectors: selectors.slice(0, 50),
          ...(ttl === undefined || ttl === '0' ? {} : { svidTtlSeconds: ttl }),
          ...(federates.length === 0 ? {} : { federatesWith: federates }),
        },
      },
      scope,
    );
    const place = this.#domain(domain);
    this.#sink.edge({ from: place, kind: 'contains', to: spiffeId }, scope);
    for (const other of federates) this.#domain(other.replace(/^spiffe:\/\//, ''));
    const qualifier = entryId === undefined ? 'registration entry' : `entry ${entryId}`;
    if (parent !== null && parent !== spiffeId) {
      this.#sink.node({ ...identity(parent), standing: 'reference' });
      this.#sink.edge(
        { from: parent, kind: 'assumes', to: spiffeId, qualifier: `${qualifier}: issues its SVIDs` },
        scope,
      );
    }
    this.#workload(selectors, spiffeId, domain, qualifier, scope);
    for (const [name, what] of PRIVILEGES) {
      if (!isTrue(field(entry, name))) continue;
      this.#sink.edge({ from: spiffeId, kind: 'grants', to: place, level: 'admin', qualifier: what }, scope);
    }
  }

  /** All selectors of an entry must hold; a Kubernetes service account among them is known by itself. */
  #workload(
    selectors: readonly string[],
    spiffeId: string,
    domain: string,
    qualifier: string,
    scope: string,
  ): void {
    if (selectors.length === 0) return;
    const value = (prefix: string): string | undefined =>
      selectors.find((one) => one.startsWith(prefix))?.slice(prefix.length);
    const [namespace, account] = [value('k8s:ns:'), value('k8s:sa:')];
    if (namespace !== undefined && account !== undefined) {
      const cluster = this.#context.defaults.tenant ?? 'default';
      const key = k8sKey(cluster, 'serviceaccounts', namespace, account);
      this.#sink.node({
        key,
        kind: 'service_account',
        standing: 'reference',
        provider: 'kubernetes',
        tenant: cluster,
        name: `${namespace}/${account}`,
      });
      this.#sink.edge({ from: key, kind: 'assumes', to: spiffeId, qualifier }, scope);
      return;
    }
    const name = selectors.join(' ').slice(0, 500);
    const key = `spire://${domain}/selectors/${name}`;
    this.#sink.node(
      {
        key,
        kind: 'service',
        standing: 'inventory',
        provider: 'spiffe',
        tenant: domain,
        zone: `spiffe:${domain}`,
        type: 'workload',
        name: `workload with ${name}`,
      },
      scope,
    );
    this.#sink.edge({ from: key, kind: 'runs_as', to: spiffeId, qualifier }, scope);
  }

  #domain(domain: string): string {
    const key = `spire://${domain}`;
    this.#sink.node({
      key,
      kind: 'resource',
      standing: 'reference',
      provider: 'spiffe',
      tenant: domain,
      zone: `spiffe:${domain}`,
      type: 'trust_domain',
      name: domain,
    });
    return key;
  }
}

const PRIVILEGES = [
  ['admin', 'SPIRE administrator: may change every entry'],
  ['downstream', 'downstream server: may issue any identity of the trust domain'],
] as const;

function identity(spiffeId: string): Mention {
  const domain = domainOf(spiffeId);
  const fact: Omit<NodeFact, 'standing'> = {
    key: spiffeId,
    kind: 'service_account',
    provider: 'spiffe',
    tenant: domain,
    zone: `spiffe:${domain}`,
    type: /\/spire\/agent(?:\/|$)/.test(spiffeId) ? 'spire_agent' : 'spiffe_id',
    name: spiffeId.slice('spiffe://'.length),
    runtimeAuthorised: true,
  };
  return fact;
}

const domainOf = (spiffeId: string): string => spiffeId.slice('spiffe://'.length).split('/')[0] ?? '';

/** Both spellings: `spiffe://DOMAIN/PATH` as text, or its parts. Old fixtures leave the scheme out. */
function spiffeText(value: unknown): string | null {
  if (isObject(value)) {
    const domain = id(at(value, 'trust_domain'), 'trust domain', 255);
    const path = id(at(value, 'path'), 'path', 600) ?? '';
    return domain === undefined
      ? null
      : `spiffe://${domain.toLowerCase()}${path === '' || path.startsWith('/') ? path : `/${path}`}`;
  }
  const written = id(list(value)[0], 'SPIFFE id', 700);
  if (written === undefined) return null;
  const rest = written.replace(/^spiffe:\/\//, '');
  const [domain = '', ...path] = rest.split('/');
  return domain === '' || domain.length > 255 ? null : ['spiffe:/', domain.toLowerCase(), ...path].join('/');
}
