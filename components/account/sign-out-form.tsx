'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { signOut } from '#lib/query/account.ts';
import { FormProblem } from './form-problem.tsx';

export function SignOutForm({ isAtOnce }: { isAtOnce: boolean }) {
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: signOut,
    // A whole load, so that nothing of this person stays in memory.
    onSuccess: () => window.location.assign('/sign-in'),
  });
  const isStarted = useRef(false);
  useEffect(() => {
    if (!isAtOnce || isStarted.current) return;
    isStarted.current = true;
    mutate();
  }, [isAtOnce, mutate]);
  return (
    <div className="grid gap-4">
      <p className="text-ink-muted">Your session ends on the server, also in other tabs.</p>
      <FormProblem text={error?.message} />
      <Button tone="primary" className="w-full" isBusy={isPending || isSuccess} onClick={() => mutate()}>
        Sign out
      </Button>
    </div>
  );
}
