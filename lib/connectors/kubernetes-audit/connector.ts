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
import type { Outcome, UsageEvent } from '../facts.ts';
import { Topology } from '../kubernetes/topology.ts';
import { ObservedWindow } from '../observed-window.ts';
import { at, field, id, list, number, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { writeAuthority } from './authority.ts';
import { readActor } from './read-actor.ts';
import { readTarget } from './read-target.ts';
import { unwrapEvent } from './unwrap-event.ts';

/** Requests that last: the log may hold their start alone, so the start is the event (its end has the same id and time). */
const LASTING = /^(?:exec|attach|portforward|proxy|log)$/;

/**
 * Audit events of the Kubernetes API server (audit.k8s.io/v1, v1beta1), bare or as AKS, EKS and GKE wrap them
 * (docs/formats/kubernetes.md). The cluster is the one the wrapping names, else `defaults.tenant`.
 */
export const kubernetesAudit: Connector = {
  name: 'kubernetes-audit',
  title: 'Kubernetes API audit log',
  kind: 'events',
  syntax: ['json'],
  lists: ['items', 'records'],
  recognise,
  open: (sink, context) => new AuditReader(sink, context),
};

function recognise(sample: Sample): number {
  const first = sample.first;
  const items = field(first, 'items') ?? field(first, 'records');
  const candidate = Array.isArray(items) ? (items[0] as unknown) : first;
  const event = unwrapEvent(candidate)?.event;
  if (event === undefined) return 0;
  const version = text(event['apiVersion']);
  if (version?.startsWith('audit.k8s.io/')) return 1;
  if (field(event, 'auditID') === undefined) return 0;
  return field(event, 'verb') !== undefined && isObject(field(event, 'user')) ? 0.95 : 0;
}

class AuditReader implements Reader {
  readonly #sink: FactSink;
  readonly #cluster: string;
  readonly #topologies = new Map<string, Topology>();
  readonly #window = new ObservedWindow();
  readonly #reasons = new Set<string>();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#cluster = context.defaults.tenant ?? 'default';
  }

  record(record: SourceRecord): void {
    const unwrapped = unwrapEvent(record.value);
    if (unwrapped === null) throw new RejectedRecord('the record holds no audit event');
    const { event } = unwrapped;
    const cluster = (unwrapped.cluster ?? this.#cluster).slice(0, 200);
    const auditId = requiredId(field(event, 'auditID'), 'auditID');
    const verb = requiredId(field(event, 'verb'), 'verb').toLowerCase();
    const time =
      isoTime(field(event, 'requestReceivedTimestamp')) ??
      isoTime(field(event, 'stageTimestamp')) ??
      isoTime(field(event, 'timestamp'));
    if (time === null) throw new RejectedRecord('the event has no readable time');
    const actor = readActor(cluster, event);
    this.#window.see(`k8s:${cluster}`, time);
    if (!isCounted(event, verb)) return;
    const target = readTarget(this.#sink, this.#topology(cluster), event, verb);
    for (const node of actor.nodes) this.#sink.node(node);
    for (const edge of actor.edges) this.#sink.edge(edge);
    const usage: UsageEvent = {
      id: auditId,
      time,
      actor: actor.subject.key,
      action: target.action.slice(0, 200),
      outcome: outcomeOf(event),
      target: target.key,
      level: target.level,
      ...actor.fields,
    };
    const address = text(list(field(event, 'sourceIPs'))[0], 100);
    const userAgent = text(field(event, 'userAgent'));
    if (address !== undefined) usage.address = address;
    if (userAgent !== undefined) usage.userAgent = userAgent;
    this.#sink.event(usage);
    this.#authority(cluster, event);
  }

  end(): void {
    this.#window.write(this.#sink);
  }

  #topology(cluster: string): Topology {
    const known = this.#topologies.get(cluster) ?? new Topology(this.#sink, cluster);
    this.#topologies.set(cluster, known);
    return known;
  }

  /** The same reason stands in most events of a workload: it is stated once. */
  #authority(cluster: string, event: Record<string, unknown>): void {
    const reason = id(at(event, 'annotations', 'authorization.k8s.io/reason'), 'authorization reason');
    if (reason === undefined || this.#reasons.has(reason) || this.#reasons.size > 50_000) return;
    writeAuthority(this.#sink, cluster, reason);
    this.#reasons.add(reason);
  }
}

/** One request makes an event at each stage; the last says the outcome, and of a lasting request the first is enough. */
function isCounted(event: Record<string, unknown>, verb: string): boolean {
  const stage = text(field(event, 'stage'));
  if (stage === undefined || stage === 'ResponseComplete' || stage === 'Panic') return true;
  const subresource = text(at(event, 'objectRef', 'subresource')) ?? '';
  return stage === 'ResponseStarted' && (verb === 'watch' || LASTING.test(subresource));
}

function outcomeOf(event: Record<string, unknown>): Outcome {
  if (text(at(event, 'annotations', 'authorization.k8s.io/decision')) === 'forbid') return 'denied';
  const code = number(at(event, 'responseStatus', 'code')) ?? 0;
  if (code === 401 || code === 403) return 'denied';
  return code >= 400 ? 'failed' : 'allowed';
}
