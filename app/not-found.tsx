import { Compass } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        isPageTitle
        icon={<Compass aria-hidden />}
        title="There is nothing here, or you may not see it"
        action={
          <LinkButton href="/overview" tone="primary">
            Go to the overview
          </LinkButton>
        }
      >
        The address may be mistyped, the thing may be gone, or it belongs to another team.
      </EmptyState>
    </main>
  );
}
