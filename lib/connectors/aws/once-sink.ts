import type { FactSink } from '../connector.ts';

/** Past so many remembered facts the memory starts afresh: a fact that is stated again does no harm. */
const REMEMBERED_MAX = 200_000;

/**
 * A sink that lets each node through once per standing, and each `contains` edge once: what every record of a file
 * would state again. Memory stays bounded whatever the input holds.
 */
export function onceSink(sink: FactSink): FactSink {
  const seen = new Set<string>();
  const isNew = (mark: string): boolean => {
    if (seen.has(mark)) return false;
    if (seen.size >= REMEMBERED_MAX) seen.clear();
    seen.add(mark);
    return true;
  };
  return {
    node: (fact, scope) => {
      if (isNew(`${fact.standing} ${fact.key}`)) sink.node(fact, scope);
    },
    edge: (fact, scope) => {
      if (fact.kind !== 'contains' || isNew(`${fact.from} contains ${fact.to}`)) sink.edge(fact, scope);
    },
    claim: (fact, scope) => sink.claim(fact, scope),
    event: (event) => sink.event(event),
    alias: (fact) => sink.alias(fact),
    scope: (fact) => sink.scope(fact),
    window: (fact) => sink.window(fact),
    unknown: (what) => sink.unknown(what),
  };
}
