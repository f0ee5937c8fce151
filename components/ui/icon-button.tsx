import type { ComponentProps } from 'react';
import { buttonStyle, type ButtonTone } from './button-style.ts';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  /** What pressing does; read aloud, and shown by the browser on hover. */
  label: string;
  tone?: ButtonTone;
  size?: 'small' | 'medium';
};

const SQUARES = { small: 'size-7 px-0', medium: 'size-9 px-0' } as const;

export function IconButton({ label, tone = 'quiet', size = 'medium', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={buttonStyle(tone, size, `${SQUARES[size]} ${className ?? ''}`)}
      {...rest}
    />
  );
}
