import type { CampaignState, ReviewState } from '#lib/db/generated/enums.ts';

/** What may follow each state of a campaign. */
const NEXT_CAMPAIGN: Readonly<Record<CampaignState, readonly CampaignState[]>> = {
  draft: ['active', 'cancelled'],
  active: ['closed', 'cancelled'],
  closed: [],
  cancelled: [],
};
export const campaignMayBecome = (from: CampaignState, to: CampaignState): boolean =>
  NEXT_CAMPAIGN[from].includes(to);

/** States in which an item still waits for somebody's answer. `unsure` is an answer that may be improved on. */
export const OPEN_STATES = [
  'open',
  'unsure',
  'not_mine',
  'no_reviewer',
] as const satisfies readonly ReviewState[];

export type Decision = 'attest' | 'revoke' | 'unsure' | 'not_mine' | 'assign';

const OUTCOME: Readonly<Record<Decision, ReviewState>> = {
  attest: 'attested',
  revoke: 'revocation_requested',
  unsure: 'unsure',
  not_mine: 'not_mine',
  assign: 'open',
};

/** What a decision makes of an item; null: it cannot be made (any more). Each item gets one final answer. */
export function decide(campaign: CampaignState, item: ReviewState, decision: Decision): ReviewState | null {
  if (campaign !== 'active' || !isOpen(item)) return null;
  if (decision === 'unsure' && item === 'unsure') return null;
  return OUTCOME[decision];
}

export const isOpen = (state: ReviewState): boolean =>
  (OPEN_STATES as readonly ReviewState[]).includes(state);

/**
 * What the end of a campaign makes of an item. Closing: a question that nobody answered is `no_answer`; `no_reviewer`,
 * `not_mine` and `unsure` say what happened and stay. Cancelling withdraws what is undecided. No decision is ever lost.
 */
export function endOf(item: ReviewState, end: 'closed' | 'cancelled'): ReviewState {
  if (!isOpen(item)) return item;
  if (end === 'cancelled') return 'withdrawn';
  return item === 'open' ? 'no_answer' : item;
}

const DAY_MS = 86_400_000;
/** An attestation holds at most this long; a risky one shorter. */
const ATTESTATION_DAYS_MAX = 365;
const RISKY_ATTESTATION_DAYS_MAX = 180;

export type AttestationRefusal = 'reason_needed' | 'expiry_passed' | 'expiry_too_far';

/** Whether an attestation may be signed off like this; null: yes. */
export function refuseAttestation(input: {
  risky: boolean;
  reason: string;
  expiresAt: Date;
  now: Date;
}): AttestationRefusal | null {
  if (input.risky && input.reason.trim().length < 3) return 'reason_needed';
  if (input.expiresAt <= input.now) return 'expiry_passed';
  const days = input.risky ? RISKY_ATTESTATION_DAYS_MAX : ATTESTATION_DAYS_MAX;
  return input.expiresAt.getTime() - input.now.getTime() > days * DAY_MS + DAY_MS ? 'expiry_too_far' : null;
}

export const ATTESTATION_REFUSALS: Readonly<Record<AttestationRefusal, string>> = {
  reason_needed: 'This one is risky: say in a few words why it is still needed.',
  expiry_passed: 'Choose a day in the future until which the attestation holds.',
  expiry_too_far: `An attestation holds at most ${ATTESTATION_DAYS_MAX} days, a risky one ${RISKY_ATTESTATION_DAYS_MAX}.`,
};

/** Why keeping it needs a reason, in words; none: it is not risky. Rests on facts of the item alone. */
export function risksOf(facts: {
  crownJewels: number | null;
  topLevel: string | null;
  grantsCrownJewel: boolean;
  use: 'used' | 'not_seen' | 'unobservable';
}): string[] {
  const risks: string[] = [];
  if (facts.grantsCrownJewel || (facts.crownJewels ?? 0) > 0) risks.push('reaches a crown jewel');
  if (facts.topLevel === 'admin') risks.push('administers what it reaches');
  if (facts.use === 'not_seen') risks.push('no use was seen');
  return risks;
}
