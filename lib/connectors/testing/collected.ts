import type {
  AliasFact,
  ClaimFact,
  EdgeFact,
  NodeFact,
  ScopeFact,
  UsageEvent,
  WindowFact,
} from '../facts.ts';
import { STANDINGS } from '../facts.ts';
import type { FactSink } from '../connector.ts';
import { KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { fits } from '#lib/ontology/edge-kinds.ts';

type Scoped = { scope?: string };

/** All that one run of a connector put into its sink, and what the reader refused. */
export class Collected implements FactSink {
  /** Nodes by key, merged as the pipeline merges: the higher standing wins, absent fields are filled. */
  readonly nodes = new Map<string, NodeFact & Scoped>();
  readonly edges: (EdgeFact & Scoped)[] = [];
  readonly claims: (ClaimFact & Scoped)[] = [];
  readonly events: UsageEvent[] = [];
  readonly aliases: AliasFact[] = [];
  readonly scopes: ScopeFact[] = [];
  readonly windows: WindowFact[] = [];
  readonly unknowns = new Map<string, number>();
  readonly rejected: { file: string; number: number; reason: string }[] = [];
  /** Records read, including the rejected ones. */
  records = 0;

  node(fact: NodeFact, scope?: string): void {
    const before = this.nodes.get(fact.key);
    const scoped = scope === undefined ? fact : { ...fact, scope };
    if (before === undefined) this.nodes.set(fact.key, scoped);
    else if (STANDINGS.indexOf(fact.standing) >= STANDINGS.indexOf(before.standing))
      this.nodes.set(fact.key, { ...before, ...scoped });
    else this.nodes.set(fact.key, { ...scoped, ...before });
  }

  edge(fact: EdgeFact, scope?: string): void {
    this.edges.push(scope === undefined ? fact : { ...fact, scope });
  }

  claim(fact: ClaimFact, scope?: string): void {
    this.claims.push(scope === undefined ? fact : { ...fact, scope });
  }

  event(event: UsageEvent): void {
    this.events.push(event);
  }

  alias(fact: AliasFact): void {
    this.aliases.push(fact);
  }

  scope(fact: ScopeFact): void {
    this.scopes.push(fact);
  }

  window(fact: WindowFact): void {
    this.windows.push(fact);
  }

  unknown(what: string): void {
    this.unknowns.set(what, (this.unknowns.get(what) ?? 0) + 1);
  }

  nodesOf(kind: NodeFact['kind'], type?: string): NodeFact[] {
    return [...this.nodes.values()].filter(
      (node) => node.kind === kind && (type === undefined || node.type === type),
    );
  }

  edgesOf(kind: EdgeFact['kind'], ends: { from?: string; to?: string } = {}): EdgeFact[] {
    return this.edges.filter(
      (edge) =>
        edge.kind === kind &&
        (ends.from === undefined || edge.from === ends.from) &&
        (ends.to === undefined || edge.to === ends.to),
    );
  }

  /** `from kind to` of every edge of the kinds, sorted and without doubles: for short expectations in tests. */
  triples(...kinds: EdgeFact['kind'][]): string[] {
    const texts = this.edges
      .filter((edge) => kinds.length === 0 || kinds.includes(edge.kind))
      .map((edge) => `${edge.from} ${edge.kind} ${edge.to}`);
    return [...new Set(texts)].sort();
  }

  /** Every fact as one text, to look for what must not be in it (a canary). */
  text(): string {
    return JSON.stringify([
      [...this.nodes.values()],
      this.edges,
      this.claims,
      this.events,
      this.aliases,
      this.scopes,
      this.windows,
      [...this.unknowns],
      this.rejected,
    ]);
  }

  /** Edges that are stated twice with the same ends, kind and qualifier: the pipeline keeps one of each. */
  doubles(): string[] {
    const seen = new Set<string>();
    return this.edges.flatMap((edge) => {
      const name = `${edge.from} ${edge.kind} ${edge.to} ${edge.qualifier ?? ''}`;
      if (seen.has(name)) return [name];
      seen.add(name);
      return [];
    });
  }

  /** Where the facts break the contract of lib/connectors/facts.ts; empty when they keep it. */
  breaches(): string[] {
    const found: string[] = [];
    for (const key of this.nodes.keys()) {
      if (key === '' || key.length > KEY_LENGTH_MAX) found.push(`key of ${key.length} units`);
    }
    for (const edge of this.edges) found.push(...this.#edgeBreaches(edge));
    for (const event of this.events) found.push(...this.#eventBreaches(event));
    for (const claim of this.claims) found.push(...this.#missing('claim', [claim.owner, claim.node]));
    return found;
  }

  #edgeBreaches(edge: EdgeFact): string[] {
    const from = this.nodes.get(edge.from);
    const to = this.nodes.get(edge.to);
    const name = `${edge.from} ${edge.kind} ${edge.to}`;
    if (from === undefined || to === undefined) return this.#missing(name, [edge.from, edge.to]);
    const found: string[] = [];
    if (!fits(edge.kind, from.kind, to.kind)) found.push(`${name}: ${from.kind} to ${to.kind} does not fit`);
    if ((edge.qualifier ?? '').length > 500) found.push(`${name}: the qualifier is too long`);
    if (edge.kind === 'grants' && edge.level === undefined) found.push(`${name}: a grant without a level`);
    return found;
  }

  #eventBreaches(event: UsageEvent): string[] {
    const keys = [
      event.actor,
      event.target,
      event.credential,
      event.onBehalfOf,
      ...(event.chain ?? []),
    ].filter((key) => key !== undefined);
    const found = this.#missing(`event ${event.id}`, keys);
    if (event.id === '') found.push('an event without an id');
    return found;
  }

  #missing(name: string, keys: readonly string[]): string[] {
    return keys.filter((key) => !this.nodes.has(key)).map((key) => `${name}: ${key} is not stated as a node`);
  }
}
