import type { BadgeTone } from '#components/ui/badge.tsx';
import type { FindingRow } from '#lib/findings/schema.ts';

export const STATE_WORDS = {
  open: { label: 'Open', tone: 'warn' },
  accepted: { label: 'Accepted', tone: 'info' },
  fixed: { label: 'Fixed', tone: 'success' },
  gone: { label: 'Gone', tone: 'neutral' },
} as const satisfies Record<FindingRow['state'], { label: string; tone: BadgeTone }>;
