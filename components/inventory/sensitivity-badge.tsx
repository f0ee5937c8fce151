import { Badge } from '#components/ui/badge.tsx';
import type { NodeListRow } from '#lib/inventory/schema.ts';
import { SENSITIVITY_WORDS } from './words.ts';

export function SensitivityBadge({ sensitivity }: { sensitivity: NonNullable<NodeListRow['sensitivity']> }) {
  const { label, tone } = SENSITIVITY_WORDS[sensitivity];
  return <Badge tone={tone}>{label}</Badge>;
}
