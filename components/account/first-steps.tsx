'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { loadSample } from '#lib/query/settings.ts';
import { FormProblem } from './form-problem.tsx';

/** What to do in an empty installation. */
export function FirstSteps() {
  const sample = useMutation({ mutationFn: loadSample });
  if (sample.isSuccess)
    return (
      <div className="grid gap-4" role="status">
        <p className="text-ink-muted">
          The sample is being made and loaded. Its sources appear one after the other; all of it takes a
          minute or two.
        </p>
        <LinkButton href="/sources" tone="primary">
          Watch the sources
        </LinkButton>
      </div>
    );
  return (
    <div className="grid gap-3">
      <LinkButton href="/sources" tone="primary">
        Import files
      </LinkButton>
      <Button isBusy={sample.isPending} onClick={() => sample.mutate()}>
        Load the sample organisation
      </Button>
      <p className="-mt-1 text-sm text-ink-muted">
        An invented company with services, agents, credentials and 90 days of logs, to try everything on. It
        takes a minute.
      </p>
      <FormProblem text={sample.error?.message} />
      <LinkButton href="/settings/users" tone="quiet">
        Invite people first
      </LinkButton>
    </div>
  );
}
