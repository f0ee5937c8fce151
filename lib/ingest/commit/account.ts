import { rowsOf, staged, touch, type Commit } from './context.ts';

export type Change = { added: number; changed: number; ended: number };
export type RunCounts = {
  records: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  nodes: Change;
  edges: Change;
  /** Edges that follow from patterns of granted edges. */
  derived: { added: number; ended: number };
  events: number;
  claims: number;
  aliases: number;
  windows: number;
};

/**
 * Counts what the run did, read back from the tables it wrote. Each record is accepted (something it states is new),
 * duplicate (all it states was known) or rejected; the three make up the records, per file and in all.
 * Also fills the run_file rows.
 */
export async function account(commit: Commit): Promise<RunCounts> {
  const changes = await readChanges(commit);
  const isUnchanged = !Object.values(changes).some(hasAny);
  await writeFiles(commit, isUnchanged);
  const [sums] = await rowsOf<Record<'records' | 'accepted' | 'duplicate' | 'rejected', string>>(
    commit,
    `SELECT coalesce(sum(records), 0) AS records, coalesce(sum(accepted), 0) AS accepted,
       coalesce(sum(duplicate), 0) AS duplicate, coalesce(sum(rejected), 0) AS rejected FROM run_file WHERE run_id = $1`,
    [commit.runId],
  );
  if (!sums) throw new Error('The database gave no sums.');
  const { records, accepted, duplicate, rejected } = sums;
  return {
    ...{ records: Number(records), accepted: Number(accepted) },
    ...{ duplicate: Number(duplicate), rejected: Number(rejected) },
    ...changes,
  };
}

const hasAny = (change: number | Partial<Change>): boolean =>
  typeof change === 'number' ? change > 0 : Object.values(change).some((count) => count > 0);

/** True when the run changed nothing at all. */
export const isUnchanged = ({
  nodes,
  edges,
  derived,
  events,
  claims,
  aliases,
  windows,
}: RunCounts): boolean => ![nodes, edges, derived, events, claims, aliases, windows].some(hasAny);

async function readChanges(
  commit: Commit,
): Promise<Omit<RunCounts, 'records' | 'accepted' | 'duplicate' | 'rejected'>> {
  const [row] = await rowsOf<Record<string, string>>(
    commit,
    `WITH node_word AS (
       SELECT f.node_id, bool_or(f.run_from <> $1 AND (f.valid_to IS NULL OR f.run_to = $1)) AS before,
         bool_or(f.valid_to IS NULL) AS after
       FROM node_fact f WHERE f.source_id = $2
         AND f.node_id IN (SELECT node_id FROM node_fact WHERE run_from = $1 OR run_to = $1) GROUP BY 1),
     edge_word AS (
       SELECT bool_or(e.run_from <> $1 AND (e.valid_to IS NULL OR e.run_to = $1)) AS before, bool_or(e.valid_to IS NULL) AS after
       FROM edge e JOIN (SELECT DISTINCT from_id, to_id, kind, qualifier FROM edge
         WHERE (run_from = $1 OR run_to = $1) AND derived_from IS NULL) own
         ON own.from_id = e.from_id AND own.to_id = e.to_id AND own.kind = e.kind AND own.qualifier = e.qualifier
       WHERE e.source_id = $2 AND e.derived_from IS NULL GROUP BY e.from_id, e.to_id, e.kind, e.qualifier)
     SELECT
       (SELECT count(*) FROM node_word WHERE after AND NOT before) AS "nodesAdded",
       (SELECT count(*) FROM node_word WHERE after AND before) AS "nodesChanged",
       (SELECT count(*) FROM node_word WHERE NOT after) AS "nodesEnded",
       (SELECT count(*) FROM edge_word WHERE after AND NOT before) AS "edgesAdded",
       (SELECT count(*) FROM edge_word WHERE after AND before) AS "edgesChanged",
       (SELECT count(*) FROM edge_word WHERE NOT after) AS "edgesEnded",
       (SELECT count(*) FROM edge WHERE run_from = $1 AND derived_from IS NOT NULL) AS "derivedAdded",
       (SELECT count(*) FROM edge WHERE run_to = $1 AND derived_from IS NOT NULL) AS "derivedEnded",
       (SELECT count(*) FROM event e WHERE e.run_id = $1
          AND e.time BETWEEN (SELECT min(time) FROM new_event) AND (SELECT max(time) FROM new_event)) AS events,
       (SELECT count(*) FROM t_claim WHERE outcome <> 'same') + (SELECT count(*) FROM ended_claim) AS claims,
       (SELECT count(*) FROM node_alias WHERE run_id = $1) AS aliases,
       (SELECT count(*) FROM observation_window WHERE run_id = $1) AS windows`,
    [commit.runId, commit.sourceId],
  );
  const count = (name: string): number => Number(row?.[name] ?? 0);
  const change = (of: string): Change => ({
    added: count(`${of}Added`),
    changed: count(`${of}Changed`),
    ended: count(`${of}Ended`),
  });
  return {
    nodes: change('nodes'),
    edges: change('edges'),
    derived: { added: count('derivedAdded'), ended: count('derivedEnded') },
    ...{ events: count('events'), claims: count('claims') },
    ...{ aliases: count('aliases'), windows: count('windows') },
  };
}

/**
 * A record with events is judged by its events, any other by the graph facts that it was the first of the run to state.
 * A record that states nothing by itself (its reader joins all of them at the end, or it has no meaning here) shares the
 * fate of the run, or is known when its file is.
 */
async function writeFiles(commit: Commit, unchanged: boolean): Promise<void> {
  const stage = (table: Parameters<typeof staged>[1]): string => staged(commit, table);
  await touch(
    commit,
    `CREATE TEMP TABLE accepted_record ON COMMIT DROP AS
     WITH speaking AS (SELECT DISTINCT record FROM ${stage('event')}),
     first_word AS (
       SELECT record FROM new_event
       UNION SELECT min(s.record) FROM ${stage('node')} s JOIN ref r ON r.key = s.key LEFT JOIN run_scope rs ON rs.scope = s.scope
         JOIN t_node t ON t.node_id = r.id AND t.scope_id IS NOT DISTINCT FROM rs.id AND t.outcome <> 'same'
         WHERE NOT EXISTS (SELECT FROM speaking e WHERE e.record = s.record)
         GROUP BY t.node_id, t.scope_id, s.kind, s.standing, s.fact
       UNION SELECT min(s.record) FROM ${stage('edge')} s JOIN ref f ON f.key = s.from_key JOIN ref o ON o.key = s.to_key
         LEFT JOIN run_scope rs ON rs.scope = s.scope
         JOIN t_edge t ON t.from_id = f.id AND t.to_id = o.id AND t.kind = s.kind AND t.qualifier = s.qualifier
           AND t.scope_id IS NOT DISTINCT FROM rs.id AND t.outcome <> 'same'
         WHERE NOT EXISTS (SELECT FROM speaking e WHERE e.record = s.record)
         GROUP BY f.id, o.id, s.kind, s.qualifier, rs.id, s.level, s.conditional, s.limited, s.props
       UNION SELECT min(c.record) FROM ${stage('claim')} c JOIN ref n ON n.key = c.node JOIN ref o ON o.key = c.owner
         JOIN t_claim t ON t.node_id = n.id AND t.owner_id = o.id AND t.basis = c.basis AND t.outcome <> 'same'
         WHERE NOT EXISTS (SELECT FROM speaking e WHERE e.record = c.record) GROUP BY t.node_id, t.owner_id, t.basis
       UNION SELECT min(a.record) FROM ${stage('alias')} a JOIN node_alias n ON n.alias = a.alias AND n.run_id = $1 GROUP BY a.alias
       UNION SELECT min(s.record) FROM ${stage('scope')} s JOIN run_scope rs ON rs.scope = s.scope AND rs.is_new GROUP BY s.scope
       UNION SELECT record FROM new_window)
     SELECT record FROM first_word WHERE record IS NOT NULL`,
    [commit.runId],
  );
  await touch(
    commit,
    `INSERT INTO run_file (run_id, name, format, sha256, bytes, records, accepted, duplicate, rejected, problem)
     SELECT $1, f.name, f.format, f.sha256, f.bytes, f.records,
       coalesce(a.count, 0) + silent.new, f.records - f.rejected - coalesce(a.count, 0) - silent.new, f.rejected, f.problem
     FROM ${stage('file')} f
     LEFT JOIN (
       -- The file of a record is the last one that begins at or before it.
       SELECT width_bucket(r.record, (SELECT array_agg(first_record ORDER BY ordinal) FROM ${stage('file')})) - 1 AS ordinal,
         count(*) AS count FROM accepted_record r GROUP BY 1) a ON a.ordinal = f.ordinal
     CROSS JOIN LATERAL (SELECT CASE WHEN f.known_file IS NOT NULL
       OR ($2 AND EXISTS (SELECT FROM t_node)) THEN 0 ELSE f.empty END AS new) silent
     ORDER BY f.ordinal`,
    [commit.runId, unchanged],
  );
}
