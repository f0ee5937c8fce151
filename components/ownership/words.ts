import type { BadgeTone } from '#components/ui/badge.tsx';
import type { Claim, ListOwnership } from '#lib/ownership/schema.ts';

export const VIEW_WORDS = {
  unowned: {
    label: 'Nobody’s',
    empty: 'Everything has an owner',
    hint: 'No identity or credential that you may see is without one.',
  },
  suggested: {
    label: 'Suggested',
    empty: 'No suggestion waits',
    hint: 'Suggestions come with imports: catalogue entries, tags, and what depends on something owned.',
  },
  disputed: {
    label: 'Disputed',
    empty: 'Nothing is in dispute',
    hint: 'What an owner says is not theirs appears here.',
  },
  expiring: {
    label: 'Running out',
    empty: 'No ownership runs out within 30 days',
    hint: 'Ownership is asked again after a year at most.',
  },
  owned: {
    label: 'Owned',
    empty: 'Nothing is owned yet',
    hint: 'Accept a suggestion, or assign an owner by hand.',
  },
} as const satisfies Record<ListOwnership['view'], { label: string; empty: string; hint: string }>;

export const CLAIM_WORDS = {
  suggested: { label: 'Suggested', tone: 'info' },
  accepted: { label: 'Accepted', tone: 'success' },
  rejected: { label: 'Rejected', tone: 'neutral' },
  disputed: { label: 'Disputed', tone: 'warn' },
  ended: { label: 'Ended', tone: 'neutral' },
} as const satisfies Record<Claim['state'], { label: string; tone: BadgeTone }>;

const BASIS_WORDS = new Map([
  ['backstage', 'Catalogue'],
  ['codeowners', 'CODEOWNERS'],
  ['tag', 'Tag'],
  ['annotation', 'Annotation'],
  ['creator', 'Creator in the logs'],
  ['register', 'Register'],
  ['directory', 'Directory'],
  ['manifest', 'Manifest'],
  ['identity', 'Owner of its identity'],
  ['workload', 'Owner of its workload'],
  ['holder', 'Owner of its holder'],
  ['assigned', 'Assigned by hand'],
  ['handed_over_by', 'Handed over'],
]);

export const basisLabel = (basis: string): string => BASIS_WORDS.get(basis) ?? basis;
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
