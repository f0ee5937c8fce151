import Link from 'next/link';
import type { ComponentProps } from 'react';
import { buttonStyle, type ButtonSize, type ButtonTone } from './button-style.ts';

export type LinkButtonProps = ComponentProps<typeof Link> & { tone?: ButtonTone; size?: ButtonSize };

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({ tone, size, className, ...rest }: LinkButtonProps) {
  return <Link className={buttonStyle(tone, size, className)} {...rest} />;
}
