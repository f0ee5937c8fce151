import type { BadgeTone } from '#components/ui/badge.tsx';
import type { CampaignRow } from '#lib/campaigns/schema.ts';

export const CAMPAIGN_WORDS = {
  draft: { label: 'Draft', tone: 'neutral' },
  active: { label: 'Under way', tone: 'info' },
  closed: { label: 'Closed', tone: 'success' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
} as const satisfies Record<CampaignRow['state'], { label: string; tone: BadgeTone }>;
