import type { BadgeTone } from '#components/ui/badge.tsx';
import type { Rehearsal, RevocationStateName } from '#lib/revocation/schema.ts';

export const REVOCATION_WORDS = {
  planned: { label: 'Planned', tone: 'neutral' },
  rehearsed: { label: 'Rehearsed', tone: 'info' },
  approved: { label: 'Approved', tone: 'accent' },
  executed: { label: 'Executed', tone: 'accent' },
  silent: { label: 'Silent', tone: 'success' },
  proven: { label: 'Proven', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  reopened: { label: 'Reopened', tone: 'danger' },
  rolled_back: { label: 'Rolled back', tone: 'warn' },
  rejected: { label: 'Rejected', tone: 'neutral' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
} as const satisfies Record<RevocationStateName, { label: string; tone: BadgeTone }>;

/** The columns of the board, in the order of the work; what is over and needs nobody is behind a link. */
export const BOARD: readonly { title: string; hint: string; states: readonly RevocationStateName[] }[] = [
  {
    title: 'To approve',
    hint: 'Rehearsed on the logs; a second person decides.',
    states: ['planned', 'rehearsed'],
  },
  { title: 'To execute', hint: 'Approved, or on its way.', states: ['approved'] },
  {
    title: 'To confirm',
    hint: 'Executed; the next import and the logs tell.',
    states: ['executed', 'silent'],
  },
  {
    title: 'Needs attention',
    hint: 'Failed, or used after it was executed.',
    states: ['failed', 'reopened'],
  },
  { title: 'Proven', hint: 'A later import no longer contains it.', states: ['proven'] },
];

export const VERDICT_WORDS = {
  nothing_seen: { label: 'Nothing seen', tone: 'success' },
  callers: { label: 'Would break callers', tone: 'danger' },
  cannot_tell: { label: 'Cannot tell', tone: 'warn' },
} as const satisfies Record<Rehearsal['verdict'], { label: string; tone: BadgeTone }>;
