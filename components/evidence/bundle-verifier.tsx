'use client';

import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { verifyFile } from '#lib/query/evidence.ts';
import type { VerificationView } from '#lib/evidence/schema.ts';

/** Checks a bundle that somebody holds, and names exactly what is wrong with it. */
export function BundleVerifier() {
  const id = useId();
  const check = useMutation({ mutationFn: verifyFile });
  return (
    <Card className="min-w-0">
      <h2 className="font-semibold">Check a bundle</h2>
      <p className="mt-1 text-ink-muted">
        Signature, evidence of each item, audit rows and figures, against this installation’s key.
      </p>
      <label htmlFor={id} className="mt-3 block text-sm font-medium">
        Bundle file
      </label>
      <input
        id={id}
        type="file"
        accept="application/json,.json"
        className="mt-1 block w-full text-sm file:mr-3 file:h-9 file:rounded-md file:border file:border-line-strong/50 file:bg-surface file:px-3.5 file:font-medium"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) check.mutate(file);
        }}
      />
      <div aria-live="polite" className="mt-3">
        {check.isPending && <p className="text-ink-muted">Checking…</p>}
        {check.error && <p className="text-danger-ink">{check.error.message}</p>}
        {check.data && <Verdict result={check.data} />}
      </div>
    </Card>
  );
}

function Verdict({ result }: { result: VerificationView }) {
  return (
    <>
      <Badge tone={result.whole ? 'success' : 'danger'}>{result.whole ? 'Whole' : 'Not whole'}</Badge>
      {result.found && (
        <p className="mt-2">
          <NameText value={result.found.name} />: {result.found.items.toLocaleString('en')} items,{' '}
          {result.found.revocations.toLocaleString('en')} revocations,{' '}
          {result.found.auditRows.toLocaleString('en')} audit rows, as of {result.found.asOf.slice(0, 16)}.
        </p>
      )}
      {result.problems.length > 0 && (
        <ul className="mt-2 list-disc pl-5">
          {result.problems.slice(0, 20).map((problem, i) => (
            <li key={i} className="wrap-break-word">
              <span className="font-medium">{problem.what}</span>: {problem.detail}
            </li>
          ))}
        </ul>
      )}
      {result.signedBy && (
        <p className="mt-2 text-sm text-ink-muted">Signed by key {result.signedBy.keyId}.</p>
      )}
    </>
  );
}
