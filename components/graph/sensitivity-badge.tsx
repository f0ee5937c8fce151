import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import type { Sensitivity } from '#lib/ontology/node-kinds.ts';

const SHOWN: Partial<Record<Sensitivity, { label: string; tone: BadgeTone }>> = {
  crown_jewel: { label: 'Crown jewel', tone: 'danger' },
  restricted: { label: 'Restricted', tone: 'warn' },
  confidential: { label: 'Confidential', tone: 'neutral' },
};

/** How grave it is when this is reached; nothing where it is not. */
export function SensitivityBadge({ sensitivity }: { sensitivity: Sensitivity | null }) {
  const shown = sensitivity && SHOWN[sensitivity];
  return shown ? (
    <Badge tone={shown.tone} className="shrink-0">
      {shown.label}
    </Badge>
  ) : null;
}
