'use client';

import { ErrorState } from '#components/ui/error-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div className="grid min-h-[70dvh] flex-1 place-items-center">
      <ErrorState
        title="This page could not be shown"
        detail="Nothing you saved is lost. Try again; if it stays, tell your administrator the number below."
        requestId={error.digest}
        onRetry={reset}
        action={
          <LinkButton href="/overview" tone="quiet">
            Go to the overview
          </LinkButton>
        }
      />
    </div>
  );
}
