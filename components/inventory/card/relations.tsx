import { RelativeTime } from '#components/ui/relative-time.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Section } from '#components/ui/section.tsx';
import type { RelationView } from '#lib/inventory/card-schema.ts';
import { EDGE_KINDS } from '#lib/ontology/edge-kinds.ts';
import { NodeLink } from '../node-link.tsx';
import { Dash, SimpleTable } from './simple-table.tsx';

/** What stands to it in another relation than a permission: runs as it, may act as it, holds it, contains it. */
export function Relations({ relations, more }: { relations: readonly RelationView[]; more: number }) {
  if (relations.length === 0) return null;
  return (
    <Section
      title="Relations"
      description={more > 0 ? `The first ${relations.length}; ${more} more are in the graph.` : undefined}
    >
      <SimpleTable
        label="Relations"
        heads={[
          { name: 'From' },
          { name: 'Relation' },
          { name: 'To' },
          { name: 'Via' },
          { name: 'Last used' },
        ]}
        rows={relations.map((one) => {
          const other = <NodeLink key="other" node={one.other} />;
          const self = <span className="text-ink-muted">It</span>;
          return {
            id: String(one.id),
            cells: [
              one.direction === 'from' ? self : other,
              <span key="words" className="text-ink-muted">
                {EDGE_KINDS[one.kind].words}
              </span>,
              one.direction === 'from' ? other : <span className="text-ink-muted">it</span>,
              one.via === null ? (
                <Dash key="via" />
              ) : (
                <NameText key="via" value={one.via} className="block truncate" />
              ),
              one.lastExercised === null ? (
                <Dash key="last" />
              ) : (
                <RelativeTime key="last" at={one.lastExercised} />
              ),
            ],
          };
        })}
      />
    </Section>
  );
}
