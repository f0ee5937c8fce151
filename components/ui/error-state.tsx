'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';

export type ErrorStateProps = {
  title: string;
  /** Set where it is all that the page says, so that the page has its heading. */
  isPageTitle?: boolean;
  /** What happened, what was kept, what to do. */
  detail: string;
  /** Finds the line in the server's log. */
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean;
  /** Another way forward. */
  action?: ReactNode;
  className?: string;
};

export function ErrorState(props: ErrorStateProps) {
  const Title = props.isPageTitle ? 'h1' : 'p';
  return (
    <div
      role="alert"
      className={classNames('flex flex-col items-center px-6 py-12 text-center', props.className)}
    >
      <div className="mb-4 grid size-10 place-items-center rounded-lg bg-danger-soft text-danger-ink">
        <TriangleAlert aria-hidden className="size-5" />
      </div>
      <Title className="text-lg font-semibold">{props.title}</Title>
      <p className="mt-1 max-w-prose wrap-break-word text-ink-muted">{props.detail}</p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {props.onRetry && (
          <Button
            onClick={props.onRetry}
            {...(props.isRetrying === undefined ? {} : { isBusy: props.isRetrying })}
          >
            <RotateCw aria-hidden />
            Try again
          </Button>
        )}
        {props.action}
      </div>
      {props.requestId && (
        <p className="mt-4 flex items-center gap-1 text-sm text-ink-faint">
          Request <code className="font-mono text-xs">{props.requestId}</code>
          <CopyButton text={props.requestId} label="Copy request id" />
        </p>
      )}
    </div>
  );
}
