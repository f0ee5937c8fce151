import type { TableFilter } from '#components/data-table/filter-menu.tsx';
import { capital } from '#components/inventory/words.ts';
import type { FindingCounts } from '#lib/findings/schema.ts';
import { ENVIRONMENTS, NODE_KINDS, NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';
import { STATE_WORDS } from './words.ts';

/** What the list of findings can be narrowed by, with counts once they are known. */
export function findingFilters(counts: FindingCounts | undefined): TableFilter[] {
  return [
    {
      name: 'state',
      label: 'State',
      options: (counts?.state ?? []).map(({ value, count }) => ({
        value,
        count,
        label: STATE_WORDS[value].label,
      })),
    },
    {
      name: 'severity',
      label: 'Severity',
      options: (counts?.severity ?? [])
        .filter(({ value }) => value !== 'info')
        .map(({ value, count }) => ({ value, count, label: capital(value) })),
    },
    {
      name: 'rule',
      label: 'Rule',
      options: (counts?.rule ?? []).map(({ value, title, count }) => ({ value, count, label: title })),
    },
    {
      name: 'kind',
      label: 'Kind',
      options: [...NON_HUMAN_KINDS, 'credential' as const].map((value) => ({
        value,
        label: NODE_KINDS[value].plural,
      })),
    },
    {
      name: 'environment',
      label: 'Environment',
      options: ENVIRONMENTS.map((value) => ({ value, label: capital(value) })),
    },
    {
      name: 'owner',
      label: 'Owner',
      options: [
        { value: 'owned', label: 'Somebody' },
        { value: 'unowned', label: 'Nobody' },
      ],
    },
    {
      name: 'assigned',
      label: 'Assigned to',
      options: [
        { value: 'me', label: 'Me' },
        { value: 'somebody', label: 'Somebody' },
        { value: 'nobody', label: 'Nobody' },
      ],
    },
  ];
}

export const FINDING_FILTER_NAMES = ['state', 'severity', 'rule', 'kind', 'environment', 'owner', 'assigned'];
