import { db } from '#lib/db/client.ts';
import { EDGE_KINDS, type EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { HistoryView, ProvenanceView } from '../card-schema.ts';
import { describeFactSpans, factList, newestFirst } from './describe-change.ts';

const SPANS_MAX = 200;
const SHOWN_MAX = 100;

/** What happened to the node and its relations, newest first, in words. */
export async function loadHistory(id: number): Promise<HistoryView[]> {
  const [facts, edges] = await Promise.all([loadFactHistory(id), loadEdgeHistory(id)]);
  return [...facts, ...edges].sort(newestFirst).slice(0, SHOWN_MAX);
}

async function loadFactHistory(id: number): Promise<HistoryView[]> {
  const rows = await db().$queryRaw<
    {
      source: string;
      scopeId: number | null;
      fact: unknown;
      from: Date;
      to: Date | null;
      runFrom: string;
      runTo: string | null;
    }[]
  >`
    SELECT s.name AS source, f.scope_id AS "scopeId", f.fact, f.valid_from AS "from", f.valid_to AS "to", r.public_id AS "runFrom",
      e.public_id AS "runTo"
    FROM node_fact f JOIN source s ON s.id = f.source_id JOIN run r ON r.id = f.run_from LEFT JOIN run e ON e.id = f.run_to
    WHERE f.node_id = ${id} ORDER BY f.valid_from DESC, f.id DESC LIMIT ${SPANS_MAX}`;
  return describeFactSpans(rows);
}

type EdgeChange = {
  at: Date;
  what: 'began' | 'ended';
  kind: EdgeKind;
  outward: boolean;
  source: string;
  run: string;
  count: number;
  example: string;
};

/** Relations that began or ended, those of one kind, run and time told together. */
async function loadEdgeHistory(id: number): Promise<HistoryView[]> {
  const rows = await db().$queryRaw<EdgeChange[]>`
    WITH touching AS (
      SELECT e.*, e.from_id = ${id} AS outward, CASE WHEN e.from_id = ${id} THEN e.to_id ELSE e.from_id END AS other
      FROM edge e WHERE (e.from_id = ${id} OR e.to_id = ${id}) AND e.derived_from IS NULL),
    change AS (
      SELECT valid_from AS at, 'began' AS what, kind, outward, source_id, run_from AS run_id, other FROM touching
      UNION ALL
      SELECT valid_to, 'ended', kind, outward, source_id, coalesce(run_to, run_from), other FROM touching WHERE valid_to IS NOT NULL)
    SELECT c.at, c.what, c.kind::text AS kind, c.outward, s.name AS source, r.public_id AS run, count(*)::int AS count,
      min(o.name) AS example
    FROM change c JOIN source s ON s.id = c.source_id JOIN run r ON r.id = c.run_id JOIN node o ON o.id = c.other
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY c.at DESC LIMIT ${SPANS_MAX}`;
  return rows.map((row) => ({
    at: row.at.toISOString(),
    what: row.what,
    sentence: edgeSentence(row),
    source: row.source,
    run: row.run,
  }));
}

function edgeSentence({ what, kind, outward, count, example }: EdgeChange): string {
  const { words } = EDGE_KINDS[kind];
  const began = what === 'began' ? 'Began' : 'Ended';
  if (outward) return `${began}: it ${words} ${example}${count > 1 ? ` and ${count - 1} more` : ''}.`;
  return `${began}: ${example} ${words} it${count > 1 ? `, and so for ${count - 1} more` : ''}.`;
}

/** Which sources say what of the node now, in what scope and since which run. */
export async function loadProvenance(id: number): Promise<ProvenanceView[]> {
  const rows = await db().$queryRaw<
    (Omit<ProvenanceView, 'since' | 'facts'> & { since: Date; fact: unknown })[]
  >`
    SELECT s.name AS source, r.format, ss.scope, f.standing::text AS standing, f.valid_from AS since, r.public_id AS run, f.fact
    FROM node_fact f JOIN source s ON s.id = f.source_id JOIN run r ON r.id = f.run_from LEFT JOIN source_scope ss ON ss.id = f.scope_id
    WHERE f.node_id = ${id} AND f.valid_to IS NULL ORDER BY f.standing DESC, s.name`;
  return rows.map(({ since, fact, ...row }) => ({
    ...row,
    since: since.toISOString(),
    facts: factList(fact),
  }));
}
