/**
 * What the logs could have seen. A use that no source could have seen is *unobservable*, never "unused": three answers,
 * each with the span, the source and the gaps that it rests on.
 */

/** A span in which a source would have seen uses within its scope. */
export type ObservedSpan = { source: string; scope: string; from: Date; to: Date };

/** Where a thing lives, as far as an inventory states it. */
export type Whereabouts = { provider: string | null; tenant: string | null };

/** How much of a thing's tenant a scope speaks of: all of it, a region of it, or nothing. */
export type ScopeMatch = 'whole' | 'part' | 'none';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * Whether a log of this scope would show uses of what lives in this tenant. A scope names its tenant among words that
 * are divided by `:` and `/` (`aws:123456789012`, `k8s://cluster-a`); a region after it narrows it to a part.
 */
export function matchScope(scope: string, { provider, tenant }: Whereabouts): ScopeMatch {
  if (tenant === null) return 'none';
  const words = wordsOf(scope);
  const wanted = wordsOf(tenant);
  const at = words.findIndex((_, i) => wanted.every((word, k) => words[i + k] === word));
  if (at < 0 || wanted.length === 0) return 'none';
  if (provider !== null && at > 0 && isOtherProvider(words[0], provider)) return 'none';
  return words.slice(at + wanted.length).some((word) => REGION.test(word)) ? 'part' : 'whole';
}

const PROVIDER_WORDS: ReadonlyMap<string, string> = new Map([
  ['aws', 'aws'],
  ['k8s', 'kubernetes'],
  ['kubernetes', 'kubernetes'],
  ['entra', 'entra'],
  ['azure', 'entra'],
  ['gcp', 'gcp'],
  ['vault', 'vault'],
  ['okta', 'okta'],
  ['github', 'github'],
]);

function isOtherProvider(word: string | undefined, provider: string): boolean {
  const named = word === undefined ? undefined : PROVIDER_WORDS.get(word);
  return named !== undefined && named !== (PROVIDER_WORDS.get(provider.toLowerCase()) ?? provider);
}

const wordsOf = (text: string): string[] => text.toLowerCase().split(/[:/]+/).filter(Boolean);

export type Coverage = {
  spans: { source: string; scope: string; from: string; to: string; whole: boolean }[];
  /** Days of the span looked at that a log of the whole scope covers, and how many there are. */
  coveredDays: number;
  ofDays: number;
  /** Spans, longest first, that no log of the whole scope covers between the first and the last that is covered. */
  gaps: { from: string; to: string }[];
  from: string | null;
  to: string | null;
};

const DAY_MS = 86_400_000;
const SHOWN_MAX = 12;

/** Sums up which spans cover a thing within [since, until]; only logs of the whole scope count towards the days. */
export function coverageOf(
  spans: readonly ObservedSpan[],
  where: readonly Whereabouts[],
  since: Date,
  until: Date,
): Coverage {
  const relevant = spans
    .map((span) => ({ span, match: bestMatch(span.scope, where) }))
    .filter(({ span, match }) => match !== 'none' && span.to > since && span.from < until)
    .map(({ span, match }) => ({ ...clip(span, since, until), whole: match === 'whole' }))
    .sort((a, b) => a.from.getTime() - b.from.getTime() || a.to.getTime() - b.to.getTime());
  const merged = merge(relevant.filter((span) => span.whole));
  const covered = merged.reduce((sum, span) => sum + span.to - span.from, 0);
  const gaps = merged.slice(1).map((span, i) => ({ from: merged[i]?.to ?? span.from, to: span.from }));
  const [first, last] = [merged[0], merged.at(-1)];
  return {
    spans: relevant.slice(-SHOWN_MAX).map((span) => ({
      source: span.source,
      scope: span.scope,
      from: span.from.toISOString(),
      to: span.to.toISOString(),
      whole: span.whole,
    })),
    coveredDays: days(covered),
    ofDays: days(until.getTime() - since.getTime()),
    gaps: gaps
      .sort((a, b) => b.to - b.from - (a.to - a.from))
      .slice(0, SHOWN_MAX)
      .map((gap) => ({ from: new Date(gap.from).toISOString(), to: new Date(gap.to).toISOString() })),
    from: first ? new Date(first.from).toISOString() : null,
    to: last ? new Date(last.to).toISOString() : null,
  };
}

/** `used`: seen. `not_seen`: nothing, though a log of the whole scope would have shown it. `unobservable`: nobody looked. */
export type ObservedUse = 'used' | 'not_seen' | 'unobservable';

export function observedUse(uses: number, coverage: Coverage): ObservedUse {
  if (uses > 0) return 'used';
  return coverage.from === null ? 'unobservable' : 'not_seen';
}

function bestMatch(scope: string, where: readonly Whereabouts[]): ScopeMatch {
  const matches = where.map((place) => matchScope(scope, place));
  if (matches.includes('whole')) return 'whole';
  return matches.includes('part') ? 'part' : 'none';
}

const clip = (span: ObservedSpan, since: Date, until: Date): ObservedSpan => ({
  ...span,
  from: span.from < since ? since : span.from,
  to: span.to > until ? until : span.to,
});

function merge(spans: readonly { from: Date; to: Date }[]): { from: number; to: number }[] {
  const merged: { from: number; to: number }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from.getTime() <= last.to) last.to = Math.max(last.to, span.to.getTime());
    else merged.push({ from: span.from.getTime(), to: span.to.getTime() });
  }
  return merged;
}

const days = (ms: number): number => Math.round((ms / DAY_MS) * 10) / 10;
