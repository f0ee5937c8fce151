import type { TableFilter } from '#components/data-table/filter-menu.tsx';
import { NODE_KINDS, type NodeKind } from '#lib/ontology/node-kinds.ts';
import type { FacetsView, NodeGroupName } from '#lib/inventory/schema.ts';
import { capital, SENSITIVITY_WORDS, spoken } from './words.ts';

/** Every filter of the node lists, by its parameter. */
export const NODE_FILTERS = [
  'kind',
  'type',
  'provider',
  'tenant',
  'environment',
  'zone',
  'sensitivity',
  'owner',
  'lifetime',
  'use',
  'standing',
  'managed',
  'expiring',
  'attested',
  'ended',
] as const;

const OFFERED: Record<NodeGroupName, readonly (typeof NODE_FILTERS)[number][]> = {
  identities: [
    'kind',
    'environment',
    'owner',
    'use',
    'provider',
    'zone',
    'attested',
    'managed',
    'standing',
    'ended',
  ],
  credentials: [
    'type',
    'environment',
    'owner',
    'lifetime',
    'expiring',
    'use',
    'provider',
    'attested',
    'managed',
    'ended',
  ],
  resources: [
    'type',
    'sensitivity',
    'environment',
    'provider',
    'zone',
    'tenant',
    'owner',
    'use',
    'managed',
    'ended',
  ],
  policies: ['type', 'provider', 'tenant', 'managed', 'ended'],
  accountable: ['kind', 'provider', 'standing', 'ended'],
};

const FIXED = {
  owner: filter('owner', 'Owner', [
    ['owned', 'Somebody'],
    ['unowned', 'Nobody'],
  ]),
  lifetime: filter('lifetime', 'Lifetime', [
    ['standing', 'Standing, no end'],
    ['dated', 'Ends after more than a day'],
    ['short', 'Short-lived, a day at most'],
  ]),
  use: filter('use', 'Use', [
    ['used', 'Used'],
    ['unused', 'Not used'],
    ['unobservable', 'Unobservable'],
  ]),
  standing: filter('standing', 'Known from', [
    ['inventory', 'An inventory'],
    ['log', 'Logs only'],
    ['reference', 'A mention only'],
  ]),
  managed: filter('managed', 'Managed', [
    ['yes', 'By the provider'],
    ['no', 'By us'],
  ]),
  expiring: filter('expiring', 'Expires', [
    ['expired', 'Has expired'],
    ['7', 'Within 7 days'],
    ['30', 'Within 30 days'],
    ['90', 'Within 90 days'],
  ]),
  attested: filter('attested', 'Attestation', [
    ['in_date', 'In date'],
    ['lapsed', 'Lapsed'],
    ['never', 'Never'],
  ]),
  ended: filter('ended', 'State', [
    ['no', 'There now'],
    ['yes', 'Ended'],
  ]),
};

function filter(name: string, label: string, options: readonly (readonly [string, string])[]): TableFilter {
  return { name, label, options: options.map(([value, text]) => ({ value, label: text })) };
}

/** The filters of a tab; what depends on the data comes with counts, once they are known. */
export function nodeFilters(group: NodeGroupName, facets: FacetsView | undefined): TableFilter[] {
  const offered = (name: keyof FacetsView, label: string, word: (value: string) => string): TableFilter => ({
    name,
    label,
    options: (facets?.[name] ?? []).map(({ value, count }) => ({ value, label: word(value), count })),
  });
  const plain = (value: string) => value;
  const known = {
    ...FIXED,
    kind: offered('kind', 'Kind', (value) => NODE_KINDS[value as NodeKind].plural),
    type: offered('type', 'Type', (value) => capital(spoken(value))),
    provider: offered('provider', 'Provider', plain),
    tenant: offered('tenant', 'Tenant', plain),
    environment: offered('environment', 'Environment', capital),
    zone: offered('zone', 'Trust zone', plain),
    sensitivity: offered(
      'sensitivity',
      'Sensitivity',
      (value) => SENSITIVITY_WORDS[value as keyof typeof SENSITIVITY_WORDS].label,
    ),
  };
  return OFFERED[group].map((name) => known[name]).filter(({ options }) => options.length > 0);
}
