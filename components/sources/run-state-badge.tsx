import { Badge } from '#components/ui/badge.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { RUN_STATE_WORDS } from './words.ts';

export function RunStateBadge({ state, dryRun = false }: { state: RunView['state']; dryRun?: boolean }) {
  const { word, tone } = RUN_STATE_WORDS[state];
  const isPreview = dryRun && (state === 'done' || state === 'unchanged');
  return <Badge tone={isPreview ? 'accent' : tone}>{isPreview ? 'Preview' : word}</Badge>;
}
