'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { useSettled } from '#components/shell/use-settled.ts';
import { Combobox, type ComboboxOption } from '#components/ui/combobox.tsx';
import { visibleText } from '#components/ui/visible-text.ts';
import type { NodeView } from '#lib/exposure/schema.ts';
import { searchGraphQuery } from '#lib/query/graph.ts';

type PickedNode = Pick<NodeView, 'key' | 'name' | 'kind'>;

export type NodePickerProps = {
  label: string;
  placeholder: string;
  value: PickedNode | null;
  onPick: (key: string) => void;
  className?: string;
};

const SETTLED_MS = 150;

/** Finds a node by name, key, ARN or SPIFFE id, on the server. */
export function NodePicker({ label, placeholder, value, onPick, className }: NodePickerProps) {
  const [typed, setTyped] = useState('');
  const wanted = useSettled(typed.trim(), SETTLED_MS);
  const search = useQuery({
    ...searchGraphQuery(wanted),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  });
  const found = wanted === '' ? [] : (search.data?.results ?? []);
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      options={found.map(toOption)}
      value={value === null ? undefined : toOption(value)}
      onSearch={setTyped}
      isSearching={search.isFetching || wanted !== typed.trim()}
      onChange={(option) => onPick(option.value)}
      {...(className === undefined ? {} : { className })}
    />
  );
}

function toOption(node: PickedNode): ComboboxOption {
  return {
    value: node.key,
    label: visibleText(node.name),
    hint: visibleText(node.key),
    icon: <NodeKindIcon kind={node.kind} />,
  };
}
