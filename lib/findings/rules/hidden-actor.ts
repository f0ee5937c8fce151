import { day, evidenceOf, plural, type Rule, type RuleContext } from '../rule.ts';

type Row = {
  nodeId: number;
  chain: { key: string; name: string }[];
  action: string;
  target: string | null;
  targetKey: string | null;
  sensitive: boolean;
  count: number;
  first: Date;
  last: Date;
};
type Follower = {
  nodeId: number;
  key: string;
  name: string;
  action: string;
  targetKey: string | null;
  target: string | null;
  sensitive: boolean;
};

/** Raw events are read this far back. */
const DAYS = 90;

/** Agents act through agents, no person or declared requester stands at the head, and the far side sees another name. */
export const hiddenActor: Rule = {
  id: 'hidden-actor',
  title: 'A delegation chain hides who acted',
  why: 'What was done cannot be laid to a person or a task. Each agent in the chain adds its own rights, and a planted instruction in any of them acts with all of them.',
  remedy:
    'Pass the requester along (an actor claim as in RFC 8693, a signed task), refuse chains without one at the last step, and let the last agent act with its own identity.',
  references: ['NHI5:2025', 'ASI03', 'ASI07', 'PR.AA-04', 'PR.AA-05'],
  find: async (context) => {
    const chains = Map.groupBy(await loadChains(context), (row) => row.nodeId);
    const followers = Map.groupBy(await loadFollowers(context, [...chains.keys()]), (row) => row.nodeId);
    return [...chains].map(([nodeId, rows]) => {
      const seenAs = followers.get(nodeId) ?? [];
      const [first] = rows;
      const names = (first?.chain ?? []).map((step) => step.name).reverse();
      const isSensitive = rows.some((row) => row.sensitive) || seenAs.some((row) => row.sensitive);
      return {
        nodeId,
        severity: isSensitive ? 'high' : 'medium',
        evidence: evidenceOf(
          `${names.join(' → ')}: no person stands at the head${seenAs[0] ? `, and what follows is seen as ${seenAs[0].name} alone` : ''}.`,
          [...rows.flatMap(chainPoints), ...seenAs.flatMap(followerPoints)],
        ),
      };
    });
  },
};

function chainPoints(row: Row) {
  return [
    {
      text: `${row.action}${row.target === null ? '' : ` on ${row.target}`}: ${plural(row.count, 'time')} from ${day(row.first)} to ${day(row.last)}.`,
      ...(row.targetKey === null ? {} : { key: row.targetKey }),
    },
    ...row.chain.map((step, index) => ({
      key: step.key,
      text:
        index === 0
          ? `${step.name} acted; the log verified it.`
          : `${step.name} stands behind it, as the log was told.`,
    })),
  ];
}

function followerPoints(row: Follower) {
  return [
    {
      key: row.key,
      text: `In the same trace ${row.name} did ${row.action}${row.target === null ? '' : ` on ${row.target}`}, with no word of the chain.`,
    },
    ...(row.targetKey === null
      ? []
      : [{ key: row.targetKey, text: `${row.target ?? ''} saw only ${row.name}.` }]),
  ];
}

/** Chains of two or more whose innermost party is not a person, where nobody else is named either. */
function loadChains({ tx, now }: RuleContext): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    WITH chained AS (
      SELECT e.actor_id, e.chain, e.action, e.target_id, count(*)::int AS count, min(e.time) AS first, max(e.time) AS last
      FROM event e
      WHERE e.time > ${now}::timestamptz - make_interval(days => ${DAYS}) AND cardinality(e.chain) > 1 AND e.on_behalf_of_id IS NULL
      GROUP BY 1, 2, 3, 4)
    SELECT c.actor_id AS "nodeId", c.action, t.name AS target, t.key AS "targetKey",
      (t.sensitivity IN ('restricted', 'crown_jewel')) IS TRUE AS sensitive, c.count, c.first, c.last,
      (SELECT json_agg(json_build_object('key', s.key, 'name', coalesce(n.name, s.key)) ORDER BY s.place)
        FROM unnest(c.chain) WITH ORDINALITY AS s(key, place) LEFT JOIN node n ON n.key = s.key) AS chain
    FROM chained c JOIN node a ON a.id = c.actor_id AND a.valid_to IS NULL LEFT JOIN node t ON t.id = c.target_id
    WHERE NOT EXISTS (SELECT FROM node h LEFT JOIN node_alias x ON x.alias = h.key LEFT JOIN node r ON r.id = x.node_id
      WHERE h.key = ANY(c.chain) AND 'person' IN (h.kind, r.kind))
      -- A provider's service that acts for a role names its caller; agents are asked for theirs.
      AND EXISTS (SELECT FROM node h WHERE h.key = ANY(c.chain) AND h.kind = 'agent')
    ORDER BY 1, c.count DESC, c.action, t.key`;
}

/** What other identities did in the same traces, unchained. */
async function loadFollowers({ tx, now }: RuleContext, ids: readonly number[]): Promise<Follower[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<Follower[]>`
    WITH traced AS (
      SELECT DISTINCT e.actor_id, e.trace, e.chain FROM event e
      WHERE e.actor_id = ANY(${[...ids]}::int[]) AND e.trace IS NOT NULL AND cardinality(e.chain) > 1 AND e.on_behalf_of_id IS NULL
        AND e.time > ${now}::timestamptz - make_interval(days => ${DAYS}))
    SELECT DISTINCT t.actor_id AS "nodeId", n.key, n.name, f.action, o.key AS "targetKey", o.name AS target,
      (o.sensitivity IN ('restricted', 'crown_jewel')) IS TRUE AS sensitive
    FROM traced t JOIN event f ON f.trace = t.trace AND f.actor_id <> t.actor_id AND cardinality(f.chain) = 0
      AND f.time > ${now}::timestamptz - make_interval(days => ${DAYS})
    JOIN node n ON n.id = f.actor_id AND n.kind <> 'person' AND NOT n.key = ANY(t.chain) LEFT JOIN node o ON o.id = f.target_id
    ORDER BY 1, 2, 4, 5`;
}
