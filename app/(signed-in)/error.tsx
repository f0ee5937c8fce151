'use client';

import { errorDigest } from '#components/error-digest.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

type ErrorPageProps = { error: unknown; retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <div className="grid min-h-[70dvh] flex-1 place-items-center">
      <ErrorState
        isPageTitle
        title="This page could not be shown"
        detail="Nothing you saved is lost. Try again; if it stays, tell your administrator the number below."
        requestId={errorDigest(error)}
        onRetry={retry}
        action={
          <LinkButton href="/overview" tone="quiet">
            Go to the overview
          </LinkButton>
        }
      />
    </div>
  );
}
