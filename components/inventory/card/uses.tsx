import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { NodeCard, UseView } from '#lib/inventory/card-schema.ts';
import { NodeLink } from '../node-link.tsx';
import { Dash, Nothing, SimpleTable } from './simple-table.tsx';

export type UsesProps = {
  title: string;
  rows: readonly UseView[];
  observed: NodeCard['observed'];
  /** Which end is named first: whom it used, or who used it. */
  column: 'target' | 'actor';
};

/** Uses that the logs show, with the window they were looked for in; nothing is said of what nobody could have seen. */
export function Uses({ title, rows, observed, column }: UsesProps) {
  if (rows.length === 0 && column === 'actor') return null;
  return (
    <Section title={title} description={<Window observed={observed} hasRows={rows.length > 0} />}>
      {rows.length === 0 ? (
        <Nothing>
          {observed === null
            ? 'Unobservable: that is not the same as unused.'
            : 'No use was seen in that time.'}
        </Nothing>
      ) : (
        <SimpleTable
          label={title}
          heads={[
            { name: column === 'actor' ? 'Caller' : 'Target' },
            { name: column === 'actor' ? 'Target' : 'Acting as' },
            { name: 'With' },
            { name: 'Allowed', isNumber: true },
            { name: 'Denied', isNumber: true },
            { name: 'First seen' },
            { name: 'Last seen' },
            { name: 'Source' },
          ]}
          rows={rows.map((row) => ({
            id: `${row.actor.id} ${row.target?.id ?? 0} ${row.credential?.id ?? 0}`,
            cells: cellsOf(row, column),
          }))}
        />
      )}
    </Section>
  );
}

function cellsOf(row: UseView, column: UsesProps['column']) {
  const actor = <NodeLink key="actor" node={row.actor} />;
  const target =
    row.target === null ? (
      <Dash key="target" word="not named" />
    ) : (
      <NodeLink key="target" node={row.target} />
    );
  return [
    ...(column === 'actor' ? [actor, target] : [target, actor]),
    row.credential === null ? (
      <Dash key="with" word="a session" />
    ) : (
      <NodeLink key="with" node={row.credential} />
    ),
    row.allowed.toLocaleString('en'),
    row.denied === 0 ? <Dash key="denied" word="0" /> : row.denied.toLocaleString('en'),
    <RelativeTime key="first" at={row.first} />,
    <RelativeTime key="last" at={row.last} />,
    row.sources.join(', '),
  ];
}

function Window({ observed, hasRows }: { observed: NodeCard['observed']; hasRows: boolean }) {
  if (observed === null)
    return hasRows
      ? 'As far as logs show; no log covers all of its use.'
      : 'No log that would show its use was imported.';
  return `Watched by ${observed.source} from ${observed.from.slice(0, 10)} to ${observed.to.slice(0, 10)}, ${Math.round(observed.days)} days.`;
}
