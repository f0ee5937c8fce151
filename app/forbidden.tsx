import { Lock } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

export const metadata: Metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        isPageTitle
        icon={<Lock aria-hidden />}
        title="Your role does not open this page"
        action={
          <LinkButton href="/overview" tone="primary">
            Go to the overview
          </LinkButton>
        }
      >
        Ask your administrator if you need it for your work.
      </EmptyState>
    </main>
  );
}
