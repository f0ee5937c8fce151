'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import * as Dialog from 'radix-ui/dialog';
import { useState, type ReactNode } from 'react';
import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { searchQuery, type FoundNode } from '#lib/query/search.ts';
import { navFor, type NavItem } from './nav-items.ts';
import { useSettled } from './use-settled.ts';
import type { Permission } from '#lib/authz/permissions.ts';

export type CommandPaletteProps = {
  permissions: readonly Permission[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

const SETTLED_MS = 150;

/** Finds any page by word and any node by name, key, ARN or SPIFFE id. */
export function CommandPalette({ permissions, isOpen, onOpenChange }: CommandPaletteProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-40 mx-auto max-w-xl animate-appear overflow-hidden rounded-xl border border-line bg-raised shadow-float focus-visible:outline-none"
        >
          <Dialog.Title className="sr-only">Find a node or a page</Dialog.Title>
          <PaletteBody permissions={permissions} onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ permissions, onDone }: { permissions: readonly Permission[]; onDone: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const wanted = useSettled(typed.trim(), SETTLED_MS);
  const search = useQuery({
    ...searchQuery(wanted),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  });
  const nodes = typed.trim() === '' ? [] : (search.data?.results ?? []);
  const pages = navFor(permissions)
    .flat()
    .filter((item) => matchesPage(item, typed));

  function open(href: string) {
    onDone();
    router.push(href);
  }

  return (
    <Command label="Find a node or a page" shouldFilter={false} loop>
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        maxLength={2_048}
        placeholder="Name, key, ARN, SPIFFE id or page"
        className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-ink-faint"
      />
      <Command.List
        aria-busy={search.isFetching}
        className="max-h-[60dvh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
      >
        <Command.Empty className="px-4 py-8 text-center text-ink-muted">
          <SearchOutcome isSearching={search.isFetching || wanted !== typed.trim()} error={search.error} />
        </Command.Empty>
        {nodes.length > 0 && (
          <Command.Group heading="Nodes">
            {nodes.map((node) => (
              <PaletteItem key={node.id} value={`node:${node.id}`} onOpen={() => open(nodeHref(node))}>
                <NodeKindIcon kind={node.kind} />
                <span className="min-w-0 flex-1">
                  <NameText value={node.name} className="block truncate" />
                  <KeyText value={node.key} />
                </span>
                <span className="shrink-0 text-sm text-ink-faint">{NODE_KINDS[node.kind].label}</span>
              </PaletteItem>
            ))}
          </Command.Group>
        )}
        {pages.length > 0 && (
          <Command.Group heading="Pages">
            {pages.map(({ href, label, Icon }) => (
              <PaletteItem key={href} value={`page:${href}`} onOpen={() => open(href)}>
                <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
                {label}
              </PaletteItem>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

function PaletteItem({
  value,
  onOpen,
  children,
}: {
  value: string;
  onOpen: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onOpen}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 py-1.5 data-[selected=true]:bg-selected"
    >
      {children}
    </Command.Item>
  );
}

function SearchOutcome({ isSearching, error }: { isSearching: boolean; error: Error | null }) {
  if (isSearching) return 'Searching…';
  if (error) return `The search did not work: ${error.message}`;
  return 'Nothing found. Try a part of the name, or the whole key.';
}

function matchesPage(item: NavItem, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return [item.label, ...item.keywords].some((word) => word.toLowerCase().includes(wanted));
}

function nodeHref(node: FoundNode): string {
  return `/inventory/${node.id}`;
}
