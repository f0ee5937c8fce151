import { Badge } from '#components/ui/badge.tsx';
import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import type { HopView } from '#lib/exposure/schema.ts';

/** A path hop by hop: the sentence, and what speaks for it. Each end can be pressed. */
export function HopList({ hops, onPress }: { hops: readonly HopView[]; onPress: (key: string) => void }) {
  return (
    <ol className="grid gap-px">
      {hops.map((hop, at) => (
        <li key={hop.edge.id} className="relative grid grid-cols-[1.75rem_minmax(0,1fr)] pb-3">
          {at < hops.length - 1 && (
            <span aria-hidden className="absolute top-7 bottom-0 left-3.25 w-px bg-line-strong" />
          )}
          <span
            aria-hidden
            className="grid size-6.5 place-items-center rounded-full bg-hover text-xs font-medium tabular-nums"
          >
            {at + 1}
          </span>
          <div className="min-w-0">
            <p className="wrap-break-word">{visibleText(hop.sentence)}</p>
            <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-muted">
              <button
                type="button"
                onClick={() => onPress(hop.to.key)}
                className="inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm text-accent-text hover:underline"
              >
                <NodeKindIcon kind={hop.to.kind} className="size-3.5" />
                <NameText value={hop.to.name} className="truncate" />
              </button>
              {hop.edge.kind === 'escalates' && <Badge tone="danger">Escalation</Badge>}
              {hop.edge.conditional && <Badge tone="info">Conditional</Badge>}
              {hop.edge.limited && <Badge tone="info">Limited by a deny</Badge>}
              <span>{usedText(hop.edge)}</span>
              <span>Source: {visibleText(hop.edge.source)}</span>
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The day of the last use stands in the sentence. */
function usedText({ lastExercised, exercisedCount }: HopView['edge']): string {
  if (lastExercised === null) return 'Not seen in use';
  return exercisedCount > 0 ? `Seen ${exercisedCount.toLocaleString('en')} times` : 'Seen in use';
}
