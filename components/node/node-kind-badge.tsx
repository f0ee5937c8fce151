import { NODE_KINDS, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { classNames } from '#components/ui/class-names.ts';
import { NodeKindIcon } from './node-kind-icon.tsx';

export type NodeKindBadgeProps = { kind: NodeKind; className?: string };

/** What a node is: icon and word. */
export function NodeKindBadge({ kind, className }: NodeKindBadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex items-center align-middle gap-1.5 text-sm whitespace-nowrap text-ink-muted',
        className,
      )}
    >
      <NodeKindIcon kind={kind} />
      {NODE_KINDS[kind].label}
    </span>
  );
}
