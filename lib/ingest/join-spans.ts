type Span = { from: Date; to: Date };
type Told = { from: string; to: string };

/** Logs are delivered in pieces; a hole shorter than this between two of them is no gap. */
const GAP_MIN_MS = 60 * 60 * 1000;

/** Overlapping and adjoining spans put together, and the gaps between them, both in order of time. */
export function joinSpans(spans: readonly Span[]): { spans: Told[]; gaps: Told[] } {
  const ordered = spans.toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const joined: Span[] = [];
  for (const span of ordered) {
    const last = joined.at(-1);
    if (last && span.from.getTime() - last.to.getTime() <= GAP_MIN_MS) {
      if (span.to > last.to) last.to = span.to;
    } else joined.push({ ...span });
  }
  const gaps = joined
    .slice(1)
    .map((span, index) => ({ from: joined[index]?.to ?? span.from, to: span.from }));
  return { spans: joined.map(told), gaps: gaps.map(told) };
}

const told = ({ from, to }: Span): Told => ({ from: from.toISOString(), to: to.toISOString() });
