import { askEngine } from '#lib/exposure/engine.ts';
import type { Scope, Summary } from '#lib/exposure/question.ts';
import { hopSentence } from '#lib/ontology/hop.ts';
import { evidenceOf, plural, type Found, type Rule, type RuleContext } from '../rule.ts';
import type { EvidencePoint } from '../schema.ts';

/** Places upstream from which somebody could begin, that are named. */
const ENTRIES_MAX = 3;
/** Sensitive nodes, and places upstream, that are looked through for one start. */
const REACHED_MAX = 500;
/** Escalations that are looked at in one evaluation, those to the fewest first seen last. */
const STARTS_MAX = 2_000;

const SCOPE: Scope = {
  mode: 'granted',
  includeConditional: true,
  asOf: null,
  maxHops: null,
  excludeEdges: [],
  excludeNodes: [],
};

type Escalation = { id: number; from: number; to: number };

/** An identity that reaches a crown jewel only by becoming another one through a named technique. */
export const escalationToCrownJewel: Rule = {
  id: 'escalation-to-crown-jewel',
  title: 'Escalation path to a crown jewel',
  why: 'Each permission looks reasonable alone. Together they let whoever controls the start reach what matters most, and no log shows it until it happens.',
  remedy:
    'Cut the path at its narrowest hop: see the choke points in the graph, and remove the permission that makes that hop possible.',
  references: ['NHI5:2025', 'ASI03', 'ID.RA-05', 'PR.AA-05'],
  find: async (context) => {
    const escalations = await loadEscalations(context);
    if (escalations.length === 0) return [];
    const starts = [...new Set(escalations.map((edge) => edge.from))].slice(0, STARTS_MAX);
    const without = { ...SCOPE, excludeEdges: escalations.map((edge) => edge.id) };
    const [all, plain] = await Promise.all([crownJewels(SCOPE, starts), crownJewels(without, starts)]);
    const found: Found[] = [];
    for (const start of starts) {
      if ((all.get(start)?.crownJewels ?? 0) <= (plain.get(start)?.crownJewels ?? 0)) continue;
      const verdict = await explain(context, start, without, escalations);
      if (verdict !== null) found.push(verdict);
    }
    return found;
  },
};

async function crownJewels(scope: Scope, starts: readonly number[]): Promise<Map<number, Summary>> {
  const { summaries } = await askEngine({ ask: 'summaries', ...scope, starts });
  return new Map(summaries.map((summary) => [summary.id, summary]));
}

function loadEscalations({ tx }: RuleContext): Promise<Escalation[]> {
  return tx.$queryRaw<Escalation[]>`
    SELECT e.id, e.from_id AS "from", e.to_id AS "to" FROM edge e JOIN node f ON f.id = e.from_id
    WHERE e.kind = 'escalates' AND e.valid_to IS NULL AND NOT f.managed AND f.valid_to IS NULL ORDER BY e.from_id, e.id`;
}

async function explain(
  context: RuleContext,
  start: number,
  without: Scope,
  escalations: readonly Escalation[],
): Promise<Found | null> {
  const reach = {
    ask: 'reach',
    starts: [start],
    direction: 'from',
    kinds: [],
    sensitiveOnly: true,
    unusedOnly: false,
    sort: 'hops',
    offset: 0,
    limit: REACHED_MAX,
  } as const;
  const [reached, plain, upstream] = await Promise.all([
    askEngine({ ...reach, ...SCOPE }),
    askEngine({ ...reach, ...without }),
    askEngine({
      ...reach,
      ...SCOPE,
      direction: 'into',
      sensitiveOnly: false,
      kinds: ['resource', 'pipeline'],
    }),
  ]);
  const before = new Set(plain.rows.map((row) => row.id));
  const jewels = await context.tx.node.findMany({
    where: {
      id: { in: reached.rows.map((row) => row.id).filter((id) => !before.has(id)) },
      sensitivity: 'crown_jewel',
    },
    select: { id: true, key: true, name: true },
    orderBy: { key: 'asc' },
  });
  const [jewel] = jewels;
  if (!jewel) return null;
  const entries = await loadEntries(
    context,
    upstream.rows.map((row) => row.id),
  );
  const from = entries[0]?.id ?? start;
  const path = await pathPoints(context, from, jewel.id);
  const hops = escalations.filter((edge) => edge.from === start).length;
  return {
    nodeId: start,
    severity: entries.length > 0 ? 'critical' : 'high',
    evidence: evidenceOf(
      `By ${plural(hops, 'technique')} of its own it reaches ${jewel.name}${jewels.length > 1 ? ` and ${plural(jewels.length - 1, 'more crown jewel')}` : ''}${entries[0] ? `; whoever may change ${entries[0].name} can begin` : ''}.`,
      [
        ...path,
        ...jewels.map((one) => ({ key: one.key, text: `It reaches ${one.name}, a crown jewel.` })),
        ...entries.map((one) => ({ key: one.key, text: `Whoever may change ${one.name} can begin.` })),
      ],
    ),
  };
}

/** Code repositories and pipelines from which it is reached: where somebody could begin, nearest last. */
function loadEntries({ tx }: RuleContext, upstream: readonly number[]) {
  return tx.$queryRaw<{ id: number; key: string; name: string }[]>`
    SELECT n.id, n.key, n.name FROM node n JOIN unnest(${[...upstream]}::int[]) WITH ORDINALITY AS u(id, place) ON u.id = n.id
    WHERE n.kind = 'resource' AND n.type = 'repository' AND n.valid_to IS NULL AND n.provider IS DISTINCT FROM 'aws'
    ORDER BY u.place, n.key LIMIT ${ENTRIES_MAX}`;
}

async function pathPoints({ tx }: RuleContext, from: number, to: number): Promise<EvidencePoint[]> {
  const { paths } = await askEngine({
    ask: 'path',
    ...SCOPE,
    from: [from],
    to: [to],
    paths: 1,
    avoidKinds: [],
  });
  const hops = paths[0] ?? [];
  const nodes = await tx.node.findMany({
    where: { id: { in: hops.flatMap((hop) => [hop.from, hop.to]) } },
    select: { id: true, key: true, name: true },
  });
  const edges = await tx.edge.findMany({
    where: { id: { in: hops.map((hop) => hop.edge) } },
    select: { id: true, qualifier: true, conditional: true, lastExercised: true, level: true },
  });
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
  return hops.map((hop, index) => {
    const [left, right, edge] = [nodeById.get(hop.from), nodeById.get(hop.to), edgeById.get(hop.edge)];
    const sentence = hopSentence({
      fromName: left?.name ?? String(hop.from),
      kind: hop.kind,
      toName: right?.name ?? String(hop.to),
      level: edge?.level ?? null,
      conditional: edge?.conditional ?? false,
      via: edge?.qualifier === '' ? null : (edge?.qualifier ?? null),
      lastUsed: edge?.lastExercised ?? null,
    });
    return { text: `${index + 1}. ${sentence}`, ...(left ? { key: left.key } : {}) };
  });
}
