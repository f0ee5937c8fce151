'use client';

import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ConfirmIdentity, needsConfirmation } from './confirm-identity.tsx';

export type ConfirmedChange<Output, Input> = {
  change: UseMutationResult<Output, Error, Input>;
  /** Place it beside the form: it asks for the password when the sign-in is too old, and then goes on. */
  confirmation: ReactNode;
  /** What went wrong, in words; undefined while nothing did. */
  problem: string | undefined;
};

/** A change that the server may take only shortly after a sign-in. */
export function useConfirmedChange<Output, Input>(
  mutationFn: (input: Input) => Promise<Output>,
  onSuccess: (output: Output, input: Input) => void,
): ConfirmedChange<Output, Input> {
  const change = useMutation<Output, Error, Input>({ mutationFn, onSuccess });
  const { variables } = change;
  const again = () => {
    if (variables !== undefined) change.mutate(variables);
  };
  return {
    change,
    confirmation: (
      <ConfirmIdentity error={change.error} onConfirmed={again} onCancel={() => change.reset()} />
    ),
    problem: change.error === null || needsConfirmation(change.error) ? undefined : change.error.message,
  };
}
