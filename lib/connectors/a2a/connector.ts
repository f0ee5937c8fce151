import { isObject } from '#lib/core/json.ts';
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
import { at, field, id, objects, text, texts } from '../read-value.ts';

/** Agent cards of the Agent2Agent protocol (docs/formats/a2a.md). */
export const a2a: Connector = {
  name: 'a2a',
  title: 'A2A agent cards',
  kind: 'inventory',
  syntax: ['json'],
  lists: ['agents'],
  recognise,
  open: (sink, context) => new CardReader(inStatedEnvironment(sink, context), context),
};

function recognise(sample: Sample): number {
  const listed = field(sample.first, 'agents');
  return isCard(Array.isArray(listed) ? listed[0] : sample.first) ? 0.95 : 0;
}

const isCard = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  Array.isArray(field(value, 'skills')) &&
  typeof field(value, 'name') === 'string' &&
  (field(value, 'url') !== undefined || field(value, 'capabilities') !== undefined);

class CardReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#context = context;
  }

  record(record: SourceRecord): void {
    if (!isCard(record.value)) throw new RejectedRecord('the record is not an agent card');
    const card = record.value;
    const name = text(field(card, 'name'), 200) ?? 'agent';
    const organisation = text(at(card, 'provider', 'organization'), 200);
    const { key, host, isPlaceholder } = this.#identity(card, name, record.file);
    const schemes = schemesOf(card);
    const description = text(field(card, 'description'), 400);
    this.#sink.node({
      key,
      kind: 'agent',
      standing: 'inventory',
      type: 'a2a_agent',
      name,
      zone: host,
      ...(organisation === undefined ? {} : { tenant: organisation }),
      ...(description === undefined ? {} : { purpose: maskSecrets(description) }),
      props: {
        version: text(field(card, 'version'), 60) ?? null,
        authentication: schemes,
        unauthenticated: schemes.length === 0,
        signed: objects(field(card, 'signatures')).length > 0,
        ...(isPlaceholder ? { placeholderAddress: true } : {}),
      },
    });
    if (organisation !== undefined) {
      const owner = `team://${organisation.toLowerCase()}`;
      this.#sink.node({ key: owner, kind: 'team', standing: 'reference', name: organisation });
      this.#sink.claim({
        owner,
        node: key,
        basis: 'manifest',
        evidence: `provider of the agent card: ${organisation}`,
        confidence: 0.6,
      });
    }
    this.#skills(card, key, host);
  }

  end(): void {
    this.#sink.scope({
      scope: `a2a:${this.#context.defaults.tenant ?? 'default'}`,
      complete: this.#context.complete,
    });
  }

  /** The address is the identity, not the name; a local address is a placeholder that many cards share. */
  #identity(
    card: Record<string, unknown>,
    name: string,
    file: string,
  ): { key: string; host: string; isPlaceholder: boolean } {
    const address = parsed(text(field(card, 'url'), 2000));
    const isPlaceholder = address === null || /^(?:localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(address.host);
    if (address !== null && !isPlaceholder) {
      const path = address.pathname.replace(/\/+$/, '');
      return {
        key: `agent://${address.host}${path === '' ? '' : (id(path, 'url', 500) ?? '')}`,
        host: address.host,
        isPlaceholder,
      };
    }
    const host = text(this.#context.defaults.tenant ?? address?.host ?? file, 200) ?? 'local';
    return { key: `agent://${host}/${name.toLowerCase()}`, host, isPlaceholder };
  }

  /** What the agent offers is a tool of its own that a caller may use; the agent decides what it does. */
  #skills(card: Record<string, unknown>, key: string, host: string): void {
    for (const skill of objects(field(card, 'skills')).slice(0, 500)) {
      const name = id(field(skill, 'id') ?? field(skill, 'name'), 'skill');
      if (name === undefined) continue;
      const to = `${key}/skills/${name}`;
      this.#sink.node({
        key: to,
        kind: 'resource',
        standing: 'inventory',
        type: 'tool',
        zone: host,
        name: text(field(skill, 'name'), 200) ?? name,
        props: { tags: texts(field(skill, 'tags'), 60).slice(0, 20) },
      });
      this.#sink.edge({ from: key, kind: 'grants', to, level: 'admin', qualifier: 'offers' });
    }
  }
}

/** What a caller must present: `securitySchemes`, or the older `authentication.schemes`; none means that anyone may call. */
function schemesOf(card: Record<string, unknown>): string[] {
  const named = field(card, 'securitySchemes');
  const stated = isObject(named)
    ? Object.values(named).flatMap((one) =>
        texts(field(one, 'type') ?? Object.keys(isObject(one) ? one : {})[0], 60),
      )
    : [];
  return [...new Set([...stated, ...texts(at(card, 'authentication', 'schemes'), 60)])].slice(0, 20);
}

function parsed(url: string | undefined): URL | null {
  if (url === undefined) return null;
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
