import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import type { Bundle } from './bundle-schema.ts';
import { payloadDigest } from './bundle.ts';

export type VerificationProblem = {
  what:
    | 'not text'
    | 'not JSON'
    | 'duplicate name'
    | 'trailing bytes'
    | 'not canonical'
    | 'unknown format'
    | 'signature'
    | 'unknown key'
    | 'item hash'
    | 'chain break'
    | 'outcome';
  /** Where and how, for a person. */
  detail: string;
};

/** What does not hold together inside a bundle, whoever signed it: evidence, audit rows, figures. */
export function checkContents(bundle: Bundle): VerificationProblem[] {
  const problems: VerificationProblem[] = [];
  checkItems(bundle, problems);
  checkAudit(bundle, problems);
  checkOutcome(bundle, problems);
  return problems;
}

function checkItems({ payload }: Bundle, problems: VerificationProblem[]): void {
  const seen = new Set<string>();
  for (const item of payload.items) {
    const hash = payloadDigest(item.evidence).toString('hex');
    if (hash !== item.evidenceHash) {
      problems.push({
        what: 'item hash',
        detail: `The evidence of ${item.id} is not the one that was decided on.`,
      });
    }
    if (seen.has(item.id)) problems.push({ what: 'item hash', detail: `The item ${item.id} stands twice.` });
    seen.add(item.id);
  }
}

function checkAudit({ payload }: Bundle, problems: VerificationProblem[]): void {
  let before: { seq: bigint; hash: string } | null = null;
  for (const { row, previous, hash } of payload.audit) {
    const seq = BigInt(row.seq);
    const say = (detail: string) =>
      problems.push({ what: 'chain break', detail: `Audit row ${row.seq}: ${detail}` });
    const computed = createHash('sha256')
      .update(Buffer.from(previous, 'hex'))
      .update(canonicalJson(row))
      .digest('hex');
    if (computed !== hash) say('its hash does not fit its content.');
    if (before !== null && seq <= before.seq) say('it stands out of order.');
    if (before !== null && seq === before.seq + 1n && previous !== before.hash)
      say('it does not follow on the row before.');
    before = { seq, hash };
  }
}

/** The figures that a reader looks at first must be those of the items. */
function checkOutcome({ payload }: Bundle, problems: VerificationProblem[]): void {
  const counted = new Map<string, number>();
  for (const { state } of payload.items) counted.set(state, (counted.get(state) ?? 0) + 1);
  const stated = new Map(payload.outcome.map(({ state, count }) => [state, count]));
  const same =
    counted.size === stated.size && [...counted].every(([state, count]) => stated.get(state) === count);
  if (!same)
    problems.push({ what: 'outcome', detail: 'The figures of the outcome are not those of the items.' });
}
