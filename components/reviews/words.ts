import type { BadgeTone } from '#components/ui/badge.tsx';
import type { ItemEvidence, ReviewStateName, SubjectType } from '#lib/campaigns/schema.ts';

export const REVIEW_WORDS = {
  open: { label: 'Open', tone: 'info' },
  attested: { label: 'Attested', tone: 'success' },
  revocation_requested: { label: 'Revocation asked for', tone: 'danger' },
  not_mine: { label: 'Not mine', tone: 'warn' },
  unsure: { label: 'Unsure', tone: 'warn' },
  no_answer: { label: 'No answer', tone: 'warn' },
  no_reviewer: { label: 'No reviewer', tone: 'warn' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
} as const satisfies Record<ReviewStateName, { label: string; tone: BadgeTone }>;

export const USE_WORDS = {
  used: { label: 'Used', tone: 'success' },
  not_seen: { label: 'No use seen', tone: 'warn' },
  unobservable: { label: 'Unobservable', tone: 'neutral' },
} as const satisfies Record<ItemEvidence['used']['use'], { label: string; tone: BadgeTone }>;

export const TYPE_WORDS = {
  identity: 'Identity',
  credential: 'Credential',
  permission: 'Permission',
} as const satisfies Record<SubjectType, string>;

const LEVEL_WORDS = new Map([
  ['read', 'may read'],
  ['use', 'may use'],
  ['write', 'may write to'],
  ['admin', 'may administer'],
]);
const KIND_WORDS = new Map([
  ['holds', 'holds'],
  ['authenticates', 'proves to be'],
  ['runs_as', 'runs as'],
  ['assumes', 'may act as'],
  ['member_of', 'is in'],
  ['attached', 'is bound to'],
  ['grants', 'may access'],
  ['contains', 'contains'],
  ['exposes', 'reveals'],
  ['hosts', 'runs code as'],
  ['escalates', 'can become'],
]);

export const grantWords = (kind: string, level: string | null): string =>
  (level === null ? undefined : LEVEL_WORDS.get(level)) ?? KIND_WORDS.get(kind) ?? kind;

export const day = (time: string): string => time.slice(0, 10);
