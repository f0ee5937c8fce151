import { isObject } from '#lib/core/json.ts';
import type { IsoTime } from '../facts.ts';
import { at, embeddedJson, field, id, list, objects, text } from '../read-value.ts';
import { isoTime } from '../time.ts';

type SpanRole = 'agent' | 'tool' | 'model' | 'other';

/** What a trace says of one step, without prompts, outputs and arguments, which are personal data and never read. */
export type Span = {
  trace: string;
  id: string;
  parent: string | null;
  role: SpanRole;
  /** Name of the agent, tool or model. */
  name: string;
  time: IsoTime | null;
  service: string;
  provider: string | null;
  user: string | null;
  session: string | null;
  hasFailed: boolean;
};

type Attributes = (name: string) => string | undefined;

const OPERATIONS = new Map<string, SpanRole>([
  ['execute_tool', 'tool'],
  ['ai.toolcall', 'tool'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'agent'],
  ['chat', 'model'],
  ['generate_content', 'model'],
  ['text_completion', 'model'],
  ['embeddings', 'model'],
]);

const KINDS = new Map<string, SpanRole>([
  ['agent', 'agent'],
  ['tool', 'tool'],
  ['generation', 'model'],
  ['embedding', 'model'],
  ['llm', 'model'],
]);

/** Spans of one element of `resourceSpans` (OTLP as JSON, https://opentelemetry.io/docs/specs/otlp/). */
export function otlpSpans(resourceSpans: unknown): Span[] {
  const resource = otlpAttributes(at(resourceSpans, 'resource', 'attributes'));
  const scopes = [
    ...list(field(resourceSpans, 'scopeSpans')),
    ...list(field(resourceSpans, 'instrumentationLibrarySpans')),
  ];
  return scopes.flatMap((scope) =>
    objects(field(scope, 'spans')).flatMap((span) => {
      const own = otlpAttributes(field(span, 'attributes'));
      const status = text(at(span, 'status', 'code'));
      const made = spanOf(span, own, (name) => own(name) ?? resource(name), {
        id: field(span, 'spanId'),
        parent: field(span, 'parentSpanId'),
        time: field(span, 'startTimeUnixNano'),
        hasFailed: status === '2' || status === 'STATUS_CODE_ERROR',
        type: undefined,
        model: undefined,
      });
      return made === null ? [] : [made];
    }),
  );
}

/** Steps of a Langfuse export: `trace` and `observations[]`, whose `metadata` is JSON, often as text. */
export function langfuseSpans(document: unknown): Span[] {
  const trace = field(document, 'trace');
  const observations = field(document, 'observations') ?? field(trace, 'observations');
  const context = plainAttributes(embeddedJson(field(trace, 'metadata')));
  const user = text(field(trace, 'userId'), 200);
  const session = text(field(trace, 'sessionId'), 200);
  return objects(observations).flatMap((observation) => {
    const own = plainAttributes(embeddedJson(field(observation, 'metadata')));
    const lookup: Attributes = (name) =>
      own(name) ?? context(name) ?? (name === 'user.id' ? user : name === 'session.id' ? session : undefined);
    const made = spanOf(
      { ...observation, traceId: field(observation, 'traceId') ?? field(trace, 'id') },
      own,
      lookup,
      {
        id: field(observation, 'id'),
        parent: field(observation, 'parentObservationId'),
        time: field(observation, 'startTime'),
        hasFailed: text(field(observation, 'level')) === 'ERROR',
        type: text(field(observation, 'type'), 40),
        model: text(field(observation, 'model'), 200),
      },
    );
    return made === null ? [] : [made];
  });
}

type Parts = {
  id: unknown;
  parent: unknown;
  time: unknown;
  hasFailed: boolean;
  type: string | undefined;
  model: string | undefined;
};

function spanOf(
  span: Record<string, unknown>,
  own: Attributes,
  lookup: Attributes,
  parts: Parts,
): Span | null {
  const spanId = id(parts.id, 'span id');
  const trace = id(field(span, 'traceId'), 'trace id');
  if (spanId === undefined || trace === undefined) return null;
  const written = text(field(span, 'name'), 200) ?? 'span';
  const role = roleOf(own, parts.type);
  return {
    trace,
    id: spanId,
    parent: id(parts.parent, 'parent id') ?? null,
    role,
    name: nameOf(role, own, written, parts.model),
    time: isoTime(parts.time),
    service: lookup('service.name') ?? 'unknown_service',
    provider:
      own('gen_ai.provider.name') ??
      own('gen_ai.system') ??
      own('ai.model.provider') ??
      own('llm.system') ??
      null,
    user: lookup('enduser.id') ?? lookup('user.id') ?? null,
    session: lookup('session.id') ?? lookup('gen_ai.conversation.id') ?? null,
    hasFailed: parts.hasFailed,
  };
}

/** Frameworks mark their spans in many ways; the standard's operation first, then the tool's name, then the exporter's type. */
function roleOf(own: Attributes, type: string | undefined): SpanRole {
  const operation = OPERATIONS.get(
    (own('gen_ai.operation.name') ?? own('ai.operationId') ?? '').toLowerCase(),
  );
  if (operation !== undefined) return operation;
  const kind =
    KINDS.get((type ?? '').toLowerCase()) ?? KINDS.get((own('openinference.span.kind') ?? '').toLowerCase());
  if (kind === 'model') return kind;
  if (own('gen_ai.tool.name') !== undefined || own('ai.toolCall.name') !== undefined) return 'tool';
  if (kind !== undefined) return kind;
  return own('gen_ai.agent.name') !== undefined || own('gen_ai.agent.id') !== undefined ? 'agent' : 'other';
}

function nameOf(role: SpanRole, own: Attributes, written: string, model: string | undefined): string {
  if (role === 'tool') {
    return (
      own('gen_ai.tool.name') ??
      own('ai.toolCall.name') ??
      written.replace(/^(?:execute_tool\s+|running tool:\s*)/, '')
    );
  }
  if (role === 'agent') {
    return (
      own('gen_ai.agent.name') ??
      own('gen_ai.agent.id') ??
      written.replace(/^(?:invoke_agent|create_agent|agent_run)\s+/, '')
    );
  }
  if (role === 'model')
    return (
      own('gen_ai.request.model') ??
      own('gen_ai.response.model') ??
      model ??
      own('ai.model.id') ??
      'unknown model'
    );
  return written;
}

/** OTLP attributes are a list of key and tagged value. */
function otlpAttributes(value: unknown): Attributes {
  const found = new Map<string, string>();
  for (const entry of objects(value).slice(0, 500)) {
    const key = field(entry, 'key');
    const tagged = field(entry, 'value');
    if (typeof key !== 'string' || !isObject(tagged)) continue;
    const content = text(tagged['stringValue'] ?? tagged['intValue'] ?? tagged['doubleValue'], 200);
    if (content !== undefined) found.set(key, content);
  }
  return (name) => found.get(name);
}

/** Attributes of a Langfuse `metadata`, under `attributes` or beside it, with resource attributes behind them. */
function plainAttributes(value: unknown): Attributes {
  const places = [at(value, 'attributes'), value, at(value, 'resourceAttributes')].filter(isObject);
  return (name) => {
    for (const place of places) {
      const content = Object.hasOwn(place, name) ? text(place[name], 200) : undefined;
      if (content !== undefined) return content;
    }
    return undefined;
  };
}
