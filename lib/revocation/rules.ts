import type { Actor } from '#lib/authz/actor.ts';
import type { RevocationState } from '#lib/db/generated/enums.ts';

/** The steps that may follow each state; everything else is refused. */
const NEXT_STATES: Readonly<Record<RevocationState, readonly RevocationState[]>> = {
  planned: ['rehearsed', 'cancelled'],
  rehearsed: ['rehearsed', 'approved', 'rejected', 'cancelled'],
  approved: ['executed', 'failed', 'cancelled'],
  executed: ['silent', 'proven', 'reopened', 'rolled_back'],
  silent: ['proven', 'reopened', 'rolled_back'],
  proven: ['reopened'],
  failed: ['approved', 'executed', 'proven', 'cancelled'],
  reopened: ['rehearsed', 'cancelled'],
  rolled_back: [],
  rejected: [],
  cancelled: [],
};

export const mayFollow = (from: RevocationState, to: RevocationState): boolean =>
  NEXT_STATES[from].includes(to);

/** Execution was ordered and its outcome is not known yet: nobody may cancel it or start it a second time by hand. */
export const isUnderWay = (row: Progress): boolean => row.state === 'approved' && row.executedBy !== null;

export type Progress = { state: RevocationState; executedBy: string | null };

/** What a person may do with a revocation in this state, for the screens; the use cases decide by the same table. */
export function openSteps(row: Progress): RevocationStepName[] {
  const underWay = isUnderWay(row);
  const steps: RevocationStepName[] = [];
  if (mayFollow(row.state, 'rehearsed')) steps.push('rehearse');
  if (row.state === 'rehearsed') steps.push('choose_method', 'approve', 'reject');
  if (row.state === 'approved' && !underWay) steps.push('execute');
  if (row.state === 'failed') steps.push('execute');
  if (mayFollow(row.state, 'cancelled') && !underWay) steps.push('cancel');
  if (mayFollow(row.state, 'rolled_back')) steps.push('roll_back');
  return steps;
}

export type RevocationStepName =
  'rehearse' | 'choose_method' | 'approve' | 'reject' | 'execute' | 'cancel' | 'roll_back';

/** How long after proving who they are a person may approve, in milliseconds. */
const RECENT_SIGN_IN_MS = 15 * 60_000;
/** A rehearsal older than this says too little about today: it is made again before an approval. */
const REHEARSAL_AGE_MAX_MS = 7 * 86_400_000;

export type ApprovalRefusal =
  'not_a_person' | 'own_request' | 'sign_in_again' | 'rehearse_again' | 'plan_changed';

/** Whether this actor may approve this plan now; null: yes. The requester is the person behind a token that asked. */
export function refuseApproval(input: {
  actor: Pick<Actor, 'kind' | 'id' | 'authenticatedAt'>;
  requestedBy: string;
  rehearsedAt: Date | null;
  seenPlanHash: string;
  planHash: string;
  now: Date;
}): ApprovalRefusal | null {
  const { actor, now, rehearsedAt } = input;
  if (actor.kind !== 'user') return 'not_a_person';
  if (actor.id === input.requestedBy) return 'own_request';
  const { authenticatedAt } = actor;
  if (authenticatedAt === null || now.getTime() - authenticatedAt.getTime() > RECENT_SIGN_IN_MS)
    return 'sign_in_again';
  if (rehearsedAt === null || now.getTime() - rehearsedAt.getTime() > REHEARSAL_AGE_MAX_MS)
    return 'rehearse_again';
  return input.seenPlanHash === input.planHash ? null : 'plan_changed';
}

export const APPROVAL_REFUSALS: Readonly<Record<ApprovalRefusal, string>> = {
  not_a_person: 'Only a person who is signed in can approve a revocation; tokens and jobs cannot.',
  own_request: 'You asked for this revocation yourself. A second person has to approve it.',
  sign_in_again: 'Approving needs a sign-in within the last 15 minutes. Sign in again and come back.',
  rehearse_again: 'The rehearsal is older than 7 days. Rehearse again, look, and then approve.',
  plan_changed: 'The plan is not the one that you were shown. Reload, look again, and then approve.',
};

/** Attempts to deliver one order before it counts as failed, and the pauses between them. */
const DELIVERY_TRIES_MAX = 5;
const FIRST_PAUSE_MS = 30_000;

/** Pause after the n-th attempt, in milliseconds: 0, 30 s, 1, 2, 4 min. It is also how long a silent worker keeps its turn. */
export const pauseAfter = (tries: number): number => (tries === 0 ? 0 : FIRST_PAUSE_MS * 2 ** (tries - 1));

export type DeliveryVerdict = 'executed' | 'retry' | 'failed';

/**
 * What an answer to an order means. 410: already gone, which is what was wanted. 408, 409, 425, 429, 5xx and no answer
 * (status null): try again, as far as tries are left. Anything else will not change by asking again.
 */
export function judgeAnswer(status: number | null, tries: number): DeliveryVerdict {
  if (status !== null && ((status >= 200 && status < 300) || status === 410)) return 'executed';
  const mayChange = status === null || status >= 500 || [408, 409, 425, 429].includes(status);
  return mayChange && tries < DELIVERY_TRIES_MAX ? 'retry' : 'failed';
}
