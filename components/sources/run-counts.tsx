import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { count } from './words.ts';

/** The sum that always holds, and what it did to the graph. */
export function RunCounts({ run }: { run: RunView }) {
  const would = run.dryRun || run.state === 'needs_confirmation';
  return (
    <Section title={would ? 'What would happen' : 'What happened'}>
      <Card className="grid gap-5">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 tabular-nums">
          <Figure value={run.records} word="records" strong />
          <span aria-hidden>=</span>
          <span className="sr-only">are</span>
          <Figure value={run.accepted} word="accepted" />
          <span aria-hidden>+</span>
          <Figure value={run.duplicate} word="duplicate" />
          <span aria-hidden>+</span>
          <Figure value={run.rejected} word="rejected" />
        </p>
        <div className="overflow-x-auto">
          <table className="w-full max-w-2xl text-left tabular-nums">
            <thead className="text-sm text-ink-muted">
              <tr>
                <th scope="col" className="py-1 font-medium">
                  Facts
                </th>
                {['Added', 'Changed', 'Ended'].map((title) => (
                  <th key={title} scope="col" className="py-1 text-right font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              <Row name="Nodes" cells={[run.nodes.added, run.nodes.changed, run.nodes.ended]} />
              <Row name="Edges" cells={[run.edges.added, run.edges.changed, run.edges.ended]} />
              <Row
                name="Edges that follow from patterns"
                cells={[run.derived.added, null, run.derived.ended]}
              />
              <Row name="Usage events" cells={[run.events, null, null]} />
              <Row name="Ownership claims" cells={[run.claims, null, null]} />
            </tbody>
          </table>
        </div>
      </Card>
    </Section>
  );
}

function Figure({ value, word, strong = false }: { value: number; word: string; strong?: boolean }) {
  return (
    <span>
      <span className={strong ? 'text-2xl font-semibold' : 'text-lg font-medium'}>{count(value)}</span>{' '}
      <span className="text-ink-muted">{word}</span>
    </span>
  );
}

function Row({ name, cells }: { name: string; cells: readonly [number, number | null, number | null] }) {
  return (
    <tr>
      <th scope="row" className="py-1.5 font-normal">
        {name}
      </th>
      {cells.map((value, index) => (
        <td
          key={['added', 'changed', 'ended'][index]}
          className={value === 0 ? 'py-1.5 text-right text-ink-faint' : 'py-1.5 text-right'}
        >
          {value === null ? '' : count(value)}
        </td>
      ))}
    </tr>
  );
}
