import type { QuestionView } from './card-schema.ts';

/** What is known for the four questions that the card of every identity and credential answers. */
export type QuestionFacts = {
  kind: string;
  /** For a credential: who presents it, as its source states. */
  boundTo: string | null;
  runtimeAuthorised: boolean | null;
  /** Names of workloads (services, agents, pipelines, integrations) and people that run as, hold or present it. */
  workloads: readonly string[];
  people: readonly string[];
  /** Names of people who were seen to act as it. */
  peopleSeen: readonly string[];
  /** Credentials that prove to be it (for a credential: itself), by lifetime. */
  credentials: { standing: number; dated: number; short: number };
  /** Ways in without a credential of its own: sessions by assuming, exchanging or running as it. */
  sessions: number;
  permissions: { total: number; conditional: number };
  /** Uses since `observedDays`, and by how many others. */
  uses: { count: number; callers: readonly string[]; last: string | null };
  /** Days on which a log would have shown its use; null: none would. */
  observed: { source: string; days: number } | null;
};

/** The four answers with what they rest on. A question that nothing answers says so, and what would answer it. */
export function answerQuestions(facts: QuestionFacts): QuestionView[] {
  return [boundTo(facts), shortLived(facts), runTime(facts), revocable(facts)];
}

function boundTo(facts: QuestionFacts): QuestionView {
  const question = 'bound_to';
  const evidence = [
    ...(facts.boundTo === null ? [] : [`Its source states that a ${facts.boundTo} presents it.`]),
    ...naming(facts.workloads, 'Runs as it or holds it'),
    ...naming(facts.people, 'People who hold it or may act as it'),
    ...naming(facts.peopleSeen, 'People seen acting as it'),
  ];
  const person = facts.boundTo === 'person' || facts.people.length + facts.peopleSeen.length > 0;
  const workload = facts.boundTo === 'workload' || facts.workloads.length > 0;
  if (person && workload)
    return { question, verdict: 'mixed', answer: 'To both a workload and a person', evidence };
  if (workload) return { question, verdict: 'good', answer: 'To a workload', evidence };
  if (person) return { question, verdict: 'bad', answer: 'To a person', evidence };
  if (['service', 'agent', 'pipeline', 'integration'].includes(facts.kind))
    return { question, verdict: 'good', answer: 'It is a workload itself', evidence };
  return {
    question,
    verdict: 'unknown',
    answer: 'Not known',
    evidence: ['No source says what runs as it, holds it or presents it.'],
  };
}

function shortLived({ credentials, sessions, kind }: QuestionFacts): QuestionView {
  const question = 'short_lived';
  const { standing, dated, short } = credentials;
  const evidence = [
    ...counting(standing, 'credential without an end', 'credentials without an end'),
    ...counting(
      dated,
      'credential that lives for more than a day',
      'credentials that live for more than a day',
    ),
    ...counting(short, 'credential that lives for a day at most', 'credentials that live for a day at most'),
    ...(kind === 'credential'
      ? []
      : counting(
          sessions,
          'way to act as it in a session, without a credential of its own',
          'ways to act as it in a session, without a credential of its own',
        )),
  ];
  if (standing > 0)
    return {
      question,
      verdict: short + sessions > 0 && kind !== 'credential' ? 'mixed' : 'bad',
      answer:
        kind === 'credential'
          ? 'No, it never ends'
          : `No, ${count(standing, 'credential')} never ${standing === 1 ? 'ends' : 'end'}`,
      evidence,
    };
  if (dated > 0) return { question, verdict: 'mixed', answer: 'It ends, after more than a day', evidence };
  if (short > 0) return { question, verdict: 'good', answer: 'Yes, a day at most', evidence };
  if (sessions > 0) return { question, verdict: 'good', answer: 'Yes, sessions only', evidence };
  return {
    question,
    verdict: 'unknown',
    answer: 'Not known',
    evidence: ['No source names a credential of it or a way to act as it.'],
  };
}

function runTime({ runtimeAuthorised, permissions }: QuestionFacts): QuestionView {
  const question = 'run_time';
  const evidence =
    permissions.total === 0
      ? []
      : [
          `${permissions.conditional} of ${count(permissions.total, 'permission')} hold only under conditions (address, time, tag, second factor).`,
        ];
  if (runtimeAuthorised === true)
    return {
      question,
      verdict: 'good',
      answer: 'Yes, per task',
      evidence: ['Its source states that access is decided at run time.', ...evidence],
    };
  if (runtimeAuthorised === false)
    return {
      question,
      verdict: 'bad',
      answer: 'No, a standing grant',
      evidence: ['Its source states that access is not decided at run time.', ...evidence],
    };
  if (permissions.total > 0 && permissions.conditional === permissions.total)
    return { question, verdict: 'mixed', answer: 'Under conditions', evidence };
  if (permissions.total > 0)
    return {
      question,
      verdict: 'bad',
      answer: permissions.conditional > 0 ? 'Partly, under conditions' : 'No, standing permissions',
      evidence,
    };
  return {
    question,
    verdict: 'unknown',
    answer: 'Not known',
    evidence: ['No source says how access is decided, and no permission of it is known.'],
  };
}

function revocable({ uses, observed }: QuestionFacts): QuestionView {
  const question = 'revocable';
  if (uses.count > 0)
    return {
      question,
      verdict: 'bad',
      answer:
        uses.callers.length > 0
          ? `No, ${count(uses.callers.length, 'caller')} would break`
          : 'No, it is in use',
      evidence: [
        `${uses.count.toLocaleString('en')} uses seen${uses.last === null ? '' : `, the last on ${uses.last.slice(0, 10)}`}.`,
        ...naming(uses.callers, 'Seen using it'),
      ],
    };
  if (observed !== null)
    return {
      question,
      verdict: 'good',
      answer: 'Yes, as far as the logs show',
      evidence: [
        `No use in ${Math.round(observed.days)} days that ${observed.source} covers. Rehearse before it is revoked.`,
      ],
    };
  return {
    question,
    verdict: 'unknown',
    answer: 'Not known',
    evidence: ['Its use is unobservable: no log that would show it was imported.'],
  };
}

const NAMED_MAX = 5;

function naming(names: readonly string[], words: string): string[] {
  if (names.length === 0) return [];
  const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '';
  return [`${words}: ${names.slice(0, NAMED_MAX).join(', ')}${more}.`];
}

const counting = (n: number, one: string, many: string): string[] =>
  n === 0 ? [] : [`${n} ${n === 1 ? one : many}.`];
const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
