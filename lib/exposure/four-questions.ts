import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import type { FactsRow, TiesRow, UseRow } from './facts-store.ts';
import type { NodeFactsView, Verdict } from './schema.ts';

/** A credential that lives longer is standing: it outlasts the task that it was issued for. */
export const SHORT_LIVED_HOURS = 24;
const HOUR_MS = 3_600_000;
const WORKLOAD_KINDS: readonly NodeKind[] = ['service', 'agent', 'pipeline', 'integration'];
const ASKED_OF: readonly NodeKind[] = [...WORKLOAD_KINDS, 'service_account', 'role', 'credential', 'person'];

type Known = { kind: NodeKind; facts: FactsRow; ties: TiesRow; use: UseRow };

/** The four questions of an identity or a credential, as far as the sources say; null for what is neither. */
export function fourQuestions(known: Known): NodeFactsView['questions'] {
  if (!ASKED_OF.includes(known.kind)) return null;
  return {
    workload: isBoundToWorkload(known),
    shortLived: isShortLived(known),
    runTime: isDecidedAtRunTime(known),
    revocable: isRevocable(known),
  };
}

function isBoundToWorkload({ kind, facts, ties }: Known): Verdict {
  if (kind === 'credential') {
    if (facts.boundTo === 'workload') return good('A workload presents it.');
    if (facts.boundTo === 'person') return neutral('A person presents it.');
    return unknown('No source says who presents it.');
  }
  if (kind === 'person') return neutral('It is a person.');
  if (WORKLOAD_KINDS.includes(kind)) return good('It is a workload.');
  const people = ties.people > 0 ? ` ${count(ties.people, 'person', 'people')} may act as it too.` : '';
  if (ties.workloads > 0) {
    const text = `${count(ties.workloads, 'workload or identity runs or acts', 'workloads and identities run or act')} as it.${people}`;
    return ties.people > 0 ? bad(text) : good(text);
  }
  return ties.people > 0 ? neutral(people.trim()) : unknown('No source says what runs with it.');
}

function isShortLived({ kind, facts, ties }: Known): Verdict {
  if (kind !== 'credential') {
    if (ties.credentials === 0) return unknown('No credential of its own is known.');
    if (ties.standing === 0)
      return good(`${count(ties.credentials, 'credential', 'credentials')}, all short-lived.`);
    return bad(`${ties.standing} of ${count(ties.credentials, 'credential', 'credentials')} standing.`);
  }
  const from = facts.rotatedAt ?? facts.createdAt;
  if (facts.expiresAt === null) return bad('No end of it is stated.');
  if (from === null) return unknown('Its making is not stated.');
  const hours = (facts.expiresAt.getTime() - from.getTime()) / HOUR_MS;
  return hours <= SHORT_LIVED_HOURS
    ? good(`It lives ${Math.round(hours)} hours.`)
    : bad(`It lives ${Math.round(hours / 24)} days.`);
}

function isDecidedAtRunTime({ facts }: Known): Verdict {
  if (facts.runtimeAuthorised === true) return good('Decided per task, at run time.');
  if (facts.runtimeAuthorised === false) return bad('Standing permissions decide.');
  return unknown('No source says.');
}

function isRevocable({ use }: Known): Verdict {
  if (use.uses === 0) return unknown('No use was seen; rehearse it before you rely on that.');
  const last = use.lastAt === null ? '' : `, the last on ${use.lastAt.toISOString().slice(0, 10)}`;
  return bad(
    `In use: ${count(use.uses, 'call', 'calls')} by ${count(use.callers, 'identity', 'identities')}${last}.`,
  );
}

const good = (answer: string): Verdict => ({ verdict: 'good', answer });
const bad = (answer: string): Verdict => ({ verdict: 'bad', answer });
const neutral = (answer: string): Verdict => ({ verdict: 'neutral', answer });
const unknown = (answer: string): Verdict => ({ verdict: 'unknown', answer });
const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
