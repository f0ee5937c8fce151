import { kindLabel } from '#components/node/thing-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ITEMS_MAX, type CampaignPreview } from '#lib/campaigns/schema.ts';

/** How many items a campaign would have, of whom, and a few of them, before anybody is asked. */
export function CampaignPreviewCard({ preview }: { preview: CampaignPreview | undefined }) {
  if (!preview) return <Skeleton className="h-64 w-full" />;
  return (
    <Card aria-live="polite">
      <p className="text-2xl font-semibold tabular-nums">{preview.count.toLocaleString('en')}</p>
      <p className="text-ink-muted">
        {preview.count === 1 ? 'item' : 'items'}
        {preview.byType.length > 0 &&
          `: ${preview.byType.map(({ type, count }) => `${count.toLocaleString('en')} ${type}`).join(', ')}`}
      </p>
      <p className="mt-2">
        {preview.reviewers.toLocaleString('en')} {preview.reviewers === 1 ? 'owner is' : 'owners are'} asked.
        {preview.noReviewer > 0 &&
          ` ${preview.noReviewer.toLocaleString('en')} have no owner and go to security.`}
      </p>
      {preview.tooMany && (
        <p role="alert" className="mt-2 rounded-md bg-danger-soft px-3 py-2 text-danger-ink">
          A campaign has at most {ITEMS_MAX.toLocaleString('en')} items. Narrow the filter.
        </p>
      )}
      {preview.sample.length > 0 && <h2 className="mt-4 mb-1 text-sm font-medium text-ink-muted">Such as</h2>}
      <ul className="grid gap-1 text-sm">
        {preview.sample.slice(0, 10).map((item, i) => (
          <li key={`${item.key} ${i}`} className="flex min-w-0 justify-between gap-3">
            <span className="truncate" title={item.key}>
              <NameText value={item.name} />
              {item.toName !== null && (
                <>
                  {' → '}
                  <NameText value={item.toName} />
                </>
              )}
            </span>
            <span className="shrink-0 text-ink-muted">{item.reviewer ?? kindLabel(item.kind)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
