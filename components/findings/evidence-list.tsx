import { NodeLink } from '#components/inventory/node-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import type { FindingDetail } from '#lib/findings/schema.ts';

/** The points of the evidence, each with the node that it is about. */
export function EvidenceList({ evidence, names }: Pick<FindingDetail, 'evidence' | 'names'>) {
  const byKey = new Map(names.map((node) => [node.key, node]));
  return (
    <Card className="p-0">
      <ol className="divide-y divide-line">
        {evidence.points.map((point, index) => {
          const node = point.key === undefined ? undefined : byKey.get(point.key);
          return (
            <li
              key={`${point.key ?? ''} ${index}`}
              className="grid gap-x-6 gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,1fr)_minmax(0,16rem)]"
            >
              <span className="min-w-0 wrap-break-word">
                <NameText value={point.text} />
              </span>
              <span className="flex min-w-0 items-start">
                {node ? <NodeLink node={node} /> : point.key !== undefined && <KeyText value={point.key} />}
              </span>
            </li>
          );
        })}
      </ol>
      {(evidence.more > 0 || evidence.observed) && (
        <p className="border-t border-line px-4 py-2.5 text-sm text-ink-muted">
          {evidence.more > 0 && `And ${evidence.more.toLocaleString('en')} more. `}
          {evidence.observed &&
            `Watched by ${evidence.observed.source} from ${evidence.observed.from.slice(0, 10)} to ${evidence.observed.to.slice(0, 10)}.`}
        </p>
      )}
    </Card>
  );
}
