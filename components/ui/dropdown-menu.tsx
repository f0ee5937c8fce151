'use client';

import Link from 'next/link';
import * as Primitive from 'radix-ui/dropdown-menu';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const ITEM_STYLE =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-base outline-none select-none ' +
  'data-[highlighted]:bg-selected data-[disabled]:pointer-events-none data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:text-ink-faint';

export type DropdownMenuProps = {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  className?: string;
};

export function DropdownMenu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
  className,
}: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            'z-40 min-w-48 animate-appear rounded-lg border border-line bg-raised p-1 shadow-float',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export type MenuItemProps = {
  children: ReactNode;
  icon?: ReactNode;
  isDanger?: boolean;
  isDisabled?: boolean;
} & ({ href: string; onSelect?: never } | { href?: never; onSelect: () => void });

export function MenuItem({
  children,
  icon,
  isDanger = false,
  isDisabled = false,
  href,
  onSelect,
}: MenuItemProps) {
  const style = classNames(ITEM_STYLE, isDanger && 'text-danger-ink [&_svg]:text-danger-ink');
  if (href !== undefined) {
    return (
      <Primitive.Item asChild disabled={isDisabled}>
        <Link href={href} className={style}>
          {icon}
          {children}
        </Link>
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item disabled={isDisabled} onSelect={onSelect} className={style}>
      {icon}
      {children}
    </Primitive.Item>
  );
}
