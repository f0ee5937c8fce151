import { fitsKey } from '#lib/core/keys.ts';
import type { FactSink } from './connector.ts';

const TOO_LONG = 'name that is too long for a key';

/**
 * A sink for facts that a reader states when all records are read: there no record can be rejected for them any more, so
 * a fact whose key cannot be stored is left out and counted, and costs nothing else.
 */
export function fittingSink(sink: FactSink): FactSink {
  const fit = (...keys: readonly (string | undefined)[]): boolean => {
    const isGood = keys.every((key) => key === undefined || (key !== '' && fitsKey(key)));
    if (!isGood) sink.unknown(TOO_LONG);
    return isGood;
  };
  return {
    node: (fact, scope) => {
      if (fit(fact.key)) sink.node(fact, scope);
    },
    edge: (fact, scope) => {
      if (fit(fact.from, fact.to)) sink.edge(fact, scope);
    },
    claim: (fact, scope) => {
      if (fit(fact.owner, fact.node)) sink.claim(fact, scope);
    },
    event: (event) => {
      if (fit(event.actor, event.target, event.credential, event.onBehalfOf, ...(event.chain ?? [])))
        sink.event(event);
    },
    alias: (fact) => {
      if (fit(fact.alias, fact.key)) sink.alias(fact);
    },
    scope: (fact) => sink.scope(fact),
    window: (fact) => sink.window(fact),
    unknown: (what) => sink.unknown(what),
  };
}
