import { Badge } from '#components/ui/badge.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { NodeListRow } from '#lib/inventory/schema.ts';
import { USE_WORDS } from './words.ts';

/** Whether use was seen, was not seen though it would have been, or could not have been seen. */
export function UseBadge({ use }: { use: NodeListRow['use'] }) {
  const { label, tone, hint } = USE_WORDS[use];
  return (
    <Tooltip text={hint}>
      <span tabIndex={-1}>
        <Badge tone={tone}>{label}</Badge>
      </span>
    </Tooltip>
  );
}
