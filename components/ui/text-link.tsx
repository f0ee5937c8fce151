import Link from 'next/link';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** A link inside text or a table cell. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={classNames(
        'rounded-sm text-accent-text underline decoration-transparent underline-offset-3 hover:decoration-current',
        className,
      )}
      {...rest}
    />
  );
}
