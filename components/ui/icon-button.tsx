import type { ComponentProps } from 'react';
import { buttonStyle, type ButtonTone } from './button-style.ts';
import { Tooltip } from './tooltip.tsx';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** What pressing does; read aloud and shown as tooltip. */
  label: string;
  tone?: ButtonTone;
  size?: 'small' | 'medium';
};

const SQUARES = { small: 'size-7 px-0', medium: 'size-9 px-0' } as const;

export function IconButton({ label, tone = 'quiet', size = 'medium', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        className={buttonStyle(tone, size, `${SQUARES[size]} ${className ?? ''}`)}
        {...rest}
      />
    </Tooltip>
  );
}
