'use client';

import { errorDigest } from '#components/error-digest.ts';
import './globals.css';

type GlobalErrorProps = { error: unknown; retry: () => void };

/** Replaces the whole document when the root layout itself fails, so it leans on nothing but the style sheet. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const digest = errorDigest(error);
  return (
    <html lang="en">
      <body>
        <title>Something failed · Bailiwick</title>
        <main
          role="alert"
          className="grid min-h-dvh place-content-center justify-items-center gap-2 p-6 text-center"
        >
          <h1 className="text-xl font-semibold">Bailiwick could not show this page</h1>
          <p className="max-w-prose text-ink-muted">
            Nothing you saved is lost. Try again; if it stays, tell your administrator
            {digest ? ` the number ${digest}` : ''}.
          </p>
          <button
            type="button"
            onClick={retry}
            className="mt-3 h-9 rounded-md bg-accent px-4 font-medium text-accent-ink hover:bg-accent-hover"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
