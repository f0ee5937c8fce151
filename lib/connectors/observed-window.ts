import type { FactSink } from './connector.ts';
import type { IsoTime } from './facts.ts';

/** More scopes than this in one run are no log of anybody; memory stays bounded. */
const SCOPES_MAX = 10_000;
/** Longest name of a scope that is stored. */
const SCOPE_LENGTH_MAX = 500;

/**
 * First and last time of the events of a log: within them the log would have shown a use. Compared to the second, which
 * the text itself orders.
 */
export class ObservedWindow {
  readonly #spans = new Map<string, { from: IsoTime; to: IsoTime }>();

  see(of: string, time: IsoTime): void {
    const scope = of.slice(0, SCOPE_LENGTH_MAX);
    const span = this.#spans.get(scope);
    if (span === undefined) {
      if (this.#spans.size < SCOPES_MAX) this.#spans.set(scope, { from: time, to: time });
    } else if (time >= span.from && time <= span.to) return;
    else if (time.slice(0, 19) < span.from.slice(0, 19)) span.from = time;
    else if (time.slice(0, 19) > span.to.slice(0, 19)) span.to = time;
  }

  write(sink: FactSink): void {
    for (const [scope, span] of this.#spans) sink.window({ scope, ...span });
  }
}
