import type { BadgeTone } from '#components/ui/badge.tsx';
import type { NodeListRow } from '#lib/inventory/schema.ts';

/** The address of a node's card; keys hold slashes and colons, so they are always a parameter. */
export const nodeHref = (key: string): string => `/inventory/node?${new URLSearchParams({ key }).toString()}`;
export const graphHref = (key: string): string => `/graph?${new URLSearchParams({ key }).toString()}`;

export const USE_WORDS = {
  used: { label: 'Used', tone: 'success', hint: 'A log or the source itself shows its use.' },
  unused: { label: 'Not used', tone: 'warn', hint: 'A log that would show its use shows none.' },
  unobservable: {
    label: 'Unobservable',
    tone: 'neutral',
    hint: 'No log that was imported could have shown its use. That is not the same as unused.',
  },
} as const satisfies Record<NodeListRow['use'], { label: string; tone: BadgeTone; hint: string }>;

export const SENSITIVITY_WORDS = {
  public: { label: 'Public', tone: 'neutral' },
  internal: { label: 'Internal', tone: 'neutral' },
  confidential: { label: 'Confidential', tone: 'info' },
  restricted: { label: 'Restricted', tone: 'warn' },
  crown_jewel: { label: 'Crown jewel', tone: 'danger' },
} as const satisfies Record<NonNullable<NodeListRow['sensitivity']>, { label: string; tone: BadgeTone }>;

export const LIFETIME_WORDS = {
  standing: { label: 'Standing', tone: 'warn' },
  dated: { label: 'Ends', tone: 'neutral' },
  short: { label: 'Short-lived', tone: 'success' },
} as const satisfies Record<NonNullable<NodeListRow['lifetime']>, { label: string; tone: BadgeTone }>;

export const STANDING_WORDS = {
  inventory: 'An inventory',
  log: 'Logs only',
  reference: 'A mention only',
} as const satisfies Record<NodeListRow['standing'], string>;

const ACRONYMS = new Map([
  ['api', 'API'],
  ['ssh', 'SSH'],
  ['oauth', 'OAuth'],
  ['oidc', 'OIDC'],
  ['saml', 'SAML'],
  ['svid', 'SVID'],
  ['tls', 'TLS'],
]);

/** `api_key_token` as people write it: words, and known abbreviations in their own letters. */
export const spoken = (word: string): string =>
  word
    .split('_')
    .map((part) => ACRONYMS.get(part) ?? part)
    .join(' ');
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
