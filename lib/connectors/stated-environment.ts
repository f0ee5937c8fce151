import type { FactSink, ReadContext } from './connector.ts';
import { environmentOf } from './stated-facts.ts';

/** Puts what an inventory describes into the environment that the person stated, unless the source says another. */
export function inStatedEnvironment(sink: FactSink, context: ReadContext): FactSink {
  const environment = environmentOf(context.defaults.environment);
  if (environment === undefined) return sink;
  return {
    node: (fact, scope) => {
      const isOpen = fact.standing === 'inventory' && fact.environment === undefined;
      sink.node(isOpen ? { ...fact, environment } : fact, scope);
    },
    edge: (fact, scope) => sink.edge(fact, scope),
    claim: (fact, scope) => sink.claim(fact, scope),
    event: (event) => sink.event(event),
    alias: (fact) => sink.alias(fact),
    scope: (fact) => sink.scope(fact),
    window: (fact) => sink.window(fact),
    unknown: (what) => sink.unknown(what),
  };
}
