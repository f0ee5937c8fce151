import { askEngine } from '#lib/exposure/engine.ts';
import type { Scope, Summary } from '#lib/exposure/question.ts';
import { evidenceOf, plural, type Found, type Rule, type RuleContext } from '../rule.ts';

/** Granted reach of this many times the exercised one is far beyond the task… */
const RATIO = 5;
/** …where the difference is at least so many nodes. */
const LEAST_DIFFERENCE = 20;
/** Unless a crown jewel is among it, as many more sensitive nodes than it was seen to reach. */
const LEAST_SENSITIVE_DIFFERENCE = 3;
const NAMED_MAX = 12;
/** Sensitive nodes that are read, so that the gravest can be named. */
const SENSITIVE_MAX = 200;

const scope = (mode: Scope['mode']): Scope => ({
  mode,
  includeConditional: true,
  asOf: null,
  maxHops: null,
  excludeEdges: [],
  excludeNodes: [],
});

/** An agent that could reach far more than it was ever seen to reach, and something sensitive among it. */
export const overWideAgent: Rule = {
  id: 'over-wide-agent',
  title: 'Agent with far wider access than its task',
  why: 'An agent does what a text tells it. Whoever can plant a text in what it reads acts with everything it may do, not only with what its task needs.',
  remedy: 'Cut its role down to what was used, or give it permissions per task that end with the task.',
  references: ['NHI5:2025', 'ASI02', 'ASI03', 'PR.AA-05'],
  find: async (context) => {
    const agents = await context.tx.node.findMany({
      where: { kind: 'agent', validTo: null, managed: false },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    const starts = agents.map((agent) => agent.id);
    if (starts.length === 0) return [];
    const [granted, exercised] = await Promise.all([
      summaries('granted', starts),
      summaries('exercised', starts),
    ]);
    const wide = starts.filter((id) => isWide(granted.get(id), exercised.get(id)));
    const found: Found[] = [];
    for (const id of wide) found.push(await verdict(context, id, granted.get(id), exercised.get(id)));
    return found;
  },
};

async function summaries(mode: Scope['mode'], starts: readonly number[]): Promise<Map<number, Summary>> {
  const answer = await askEngine({ ask: 'summaries', ...scope(mode), starts });
  return new Map(answer.summaries.map((summary) => [summary.id, summary]));
}

function isWide(granted: Summary | undefined, exercised: Summary | undefined): boolean {
  if (granted === undefined || exercised === undefined) return false;
  const isFarBeyond =
    granted.reached >= exercised.reached * RATIO && granted.reached - exercised.reached >= LEAST_DIFFERENCE;
  const isGrave =
    granted.crownJewels > exercised.crownJewels ||
    granted.sensitive - exercised.sensitive >= LEAST_SENSITIVE_DIFFERENCE;
  return isFarBeyond && isGrave;
}

async function verdict(
  { tx }: RuleContext,
  id: number,
  granted: Summary | undefined,
  exercised: Summary | undefined,
): Promise<Found> {
  const page = {
    direction: 'from',
    kinds: [],
    unusedOnly: false,
    sort: 'hops',
    offset: 0,
    starts: [id],
  } as const;
  const [sensitive, used] = await Promise.all([
    askEngine({ ask: 'reach', ...scope('granted'), ...page, sensitiveOnly: true, limit: SENSITIVE_MAX }),
    askEngine({
      ask: 'reach',
      ...scope('exercised'),
      ...page,
      kinds: ['role', 'service_account', 'resource'],
      sensitiveOnly: false,
      limit: NAMED_MAX,
    }),
  ]);
  const nodes = await tx.node.findMany({
    where: { id: { in: [...sensitive.rows, ...used.rows].map((row) => row.id) } },
    select: { id: true, key: true, name: true, sensitivity: true },
    orderBy: [{ sensitivity: 'desc' }, { key: 'asc' }],
  });
  const reached = new Set(sensitive.rows.map((row) => row.id));
  const usedIds = new Set(used.rows.map((row) => row.id));
  const points = [
    ...nodes
      .filter((node) => usedIds.has(node.id))
      .map((node) => ({ key: node.key, text: `It was seen to reach ${node.name}.` })),
    ...nodes
      .filter((node) => reached.has(node.id) && !usedIds.has(node.id))
      .map((node) => ({
        key: node.key,
        text: `It could reach ${node.name} (${(node.sensitivity ?? '').replace('_', ' ')}), and was not seen to.`,
      })),
  ];
  const crown = granted?.crownJewels ?? 0;
  return {
    nodeId: id,
    severity: crown > 0 ? 'critical' : 'high',
    evidence: evidenceOf(
      `It could reach ${plural(granted?.reached ?? 0, 'node')}, ${granted?.sensitive ?? 0} of them sensitive${crown > 0 ? ` and ${plural(crown, 'crown jewel')} among these` : ''}; it was seen to reach ${exercised?.reached ?? 0}.`,
      points,
    ),
  };
}
