import { isObject } from '#lib/core/json.ts';
import { agentKey, mcpToolKey, personKey } from '#lib/core/keys.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { fittingSink } from '../fitting-sink.ts';
import { type Mention, writeUse } from '../logged-use.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, list } from '../read-value.ts';
import { langfuseSpans, otlpSpans, type Span } from './read-spans.ts';

/** Spans that are held to find the agents around a step; beyond them what is known so far is written. */
const SPANS_MAX = 100_000;
/** Deepest chain of enclosing spans that is followed. */
const DEPTH_MAX = 64;

/**
 * Traces of agents: OTLP as JSON, and Langfuse exports (docs/formats/otel-genai.md). A step is done by the nearest enclosing
 * agent, else by the service, on behalf of the end user.
 */
export const otelGenai: Connector = {
  name: 'otel-genai',
  title: 'OpenTelemetry traces of agents',
  kind: 'events',
  syntax: ['json'],
  lists: ['resourceSpans'],
  recognise,
  open: (sink) => new TraceReader(fittingSink(sink)),
};

function recognise(sample: Sample): number {
  const first = sample.first;
  if (isObject(first)) {
    if (Array.isArray(field(first, 'resourceSpans')) || Array.isArray(field(first, 'scopeSpans')))
      return 0.97;
    const isLangfuse =
      isObject(field(first, 'trace')) &&
      (Array.isArray(field(first, 'observations')) || Array.isArray(at(first, 'trace', 'observations')));
    return isLangfuse ? 0.95 : 0;
  }
  return /"(?:resourceSpans|parentObservationId)"\s*:/.test(sample.head) ? 0.8 : 0;
}

class TraceReader implements Reader {
  readonly #sink: FactSink;
  readonly #window = new ObservedWindow();
  #spans = new Map<string, Span>();

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  record(record: SourceRecord): void {
    const { value } = record;
    if (!isObject(value)) throw new RejectedRecord('the record is not an object');
    const resources =
      field(value, 'scopeSpans') !== undefined ? [value] : list(field(value, 'resourceSpans'));
    const spans = resources.length > 0 ? resources.flatMap(otlpSpans) : langfuseSpans(value);
    if (spans.length === 0) throw new RejectedRecord('the record holds no readable span');
    for (const span of spans) this.#spans.set(`${span.trace}\n${span.id}`, span);
    if (this.#spans.size > SPANS_MAX) this.#flush();
  }

  end(): void {
    this.#flush();
    this.#window.write(this.#sink);
  }

  #flush(): void {
    for (const span of this.#spans.values()) {
      if (span.role === 'agent') this.#agent(span);
      else if (span.role !== 'other') this.#step(span);
    }
    this.#spans = new Map();
  }

  /** Agents around a span, nearest first. */
  #agentsAround(span: Span): Span[] {
    const found: Span[] = [];
    let parent = span.parent;
    for (let depth = 0; parent !== null && depth < DEPTH_MAX; depth += 1) {
      const enclosing = this.#spans.get(`${span.trace}\n${parent}`);
      if (enclosing === undefined) break;
      if (enclosing.role === 'agent') found.push(enclosing);
      parent = enclosing.parent;
    }
    return found;
  }

  /** An agent inside another was called by it: it acted through it. */
  #agent(span: Span): void {
    const self = agentOf(span);
    this.#sink.node({ ...self, standing: 'log' });
    const [caller] = this.#agentsAround(span);
    if (caller === undefined) return;
    const from = agentOf(caller);
    if (from.key === self.key) return;
    this.#sink.node({ ...from, standing: 'log' });
    this.#sink.edge({ from: from.key, kind: 'delegates', to: self.key, qualifier: 'enclosing agent span' });
  }

  #step(span: Span): void {
    if (span.time === null) {
      this.#sink.unknown('span without a readable time');
      return;
    }
    const agents = this.#agentsAround(span).map(agentOf);
    const actor = agents[0] ?? serviceOf(span);
    const distinct = agents.filter(
      (agent, index) => agents.findIndex(({ key }) => key === agent.key) === index,
    );
    const user = span.user === null ? undefined : userOf(span.user, span.service);
    const chain = [...(distinct.length === 0 ? [actor] : distinct), ...(user === undefined ? [] : [user])];
    this.#window.see(`otel:${span.service}`, span.time);
    writeUse(this.#sink, {
      id: `${span.trace}/${span.id}`,
      time: span.time,
      actor,
      action: span.role === 'tool' ? 'execute_tool' : 'chat',
      outcome: span.hasFailed ? 'failed' : 'allowed',
      target: span.role === 'tool' ? toolOf(span, actor) : modelOf(span),
      level: 'use',
      onBehalfOf: user,
      chain: chain.length > 1 ? chain : undefined,
      session: span.session ?? undefined,
      trace: span.trace,
    });
  }
}

function agentOf(span: Span): Mention {
  const name = maskSecrets(span.name);
  return {
    key: agentKey(span.service, name),
    kind: 'agent',
    provider: 'otel',
    tenant: span.service,
    zone: `service:${span.service}`,
    name,
  };
}

function serviceOf(span: Span): Mention {
  return {
    key: `service://${span.service}`,
    kind: 'service',
    provider: 'otel',
    tenant: span.service,
    zone: `service:${span.service}`,
    name: span.service,
  };
}

function userOf(user: string, service: string): Mention {
  const name = maskSecrets(user);
  if (/^[^\s@]+@[^\s@]+$/.test(user)) return { key: personKey(user), kind: 'person', name: user };
  return { key: `service://${service}/users/${name}`, kind: 'person', type: 'end_user', name };
}

/** `mcp__SERVER__TOOL` names a tool of an MCP server; any other is the service's own. */
function toolOf(span: Span, actor: Mention): Mention {
  const name = maskSecrets(span.name);
  const server = /^mcp__(.+?)__(.+)$/.exec(name);
  const key = server ? mcpToolKey(server[1] ?? '', server[2] ?? '') : `agent://${span.service}/tools/${name}`;
  return {
    key,
    kind: 'resource',
    type: 'tool',
    name,
    ...(actor.zone === undefined || server ? {} : { zone: actor.zone }),
  };
}

function modelOf(span: Span): Mention {
  const provider = span.provider ?? 'unknown';
  const name = maskSecrets(span.name);
  return {
    key: `model://${provider}/${name}`,
    kind: 'resource',
    type: 'model',
    provider,
    zone: `model:${provider}`,
    name,
  };
}
