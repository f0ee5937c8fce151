import type { TableFilter } from '#components/data-table/filter-menu.tsx';
import { ACCESS_LEVEL_NAMES, EDGE_KIND_NAMES, EDGE_KINDS } from '#lib/ontology/edge-kinds.ts';
import { ENVIRONMENTS } from '#lib/ontology/node-kinds.ts';
import { capital, SENSITIVITY_WORDS } from './words.ts';

/** What the lists of permissions can be narrowed by. */
export const PERMISSION_FILTERS: readonly TableFilter[] = [
  {
    name: 'kind',
    label: 'Relation',
    options: EDGE_KIND_NAMES.filter((kind) => kind !== 'owns').map((value) => ({
      value,
      label: EDGE_KINDS[value].words,
    })),
  },
  {
    name: 'level',
    label: 'Level',
    options: ACCESS_LEVEL_NAMES.map((value) => ({ value, label: capital(value) })),
  },
  {
    name: 'use',
    label: 'Use',
    options: [
      { value: 'used', label: 'Used' },
      { value: 'unused', label: 'Not used' },
      { value: 'unobservable', label: 'Unobservable' },
    ],
  },
  {
    name: 'condition',
    label: 'Terms',
    options: [
      { value: 'conditional', label: 'Only under conditions' },
      { value: 'limited', label: 'Limited by a deny' },
      { value: 'pattern', label: 'By a pattern' },
      { value: 'plain', label: 'Neither conditional nor limited' },
    ],
  },
  {
    name: 'sensitivity',
    label: 'Sensitivity',
    options: [
      ...Object.entries(SENSITIVITY_WORDS).map(([value, { label }]) => ({ value, label })),
      { value: 'none', label: 'Not stated' },
    ],
  },
  {
    name: 'environment',
    label: 'Environment',
    options: ENVIRONMENTS.map((value) => ({ value, label: capital(value) })),
  },
];
