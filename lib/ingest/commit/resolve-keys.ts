import { mergeAliases } from './merge-aliases.ts';
import { staged, touch, type Commit } from './context.ts';

/**
 * Makes `ref(key, id)`: the node behind every key that the run uses, by alias first and by canonical key second. Nodes that
 * nobody knew yet are inserted with what is needed to exist; merge-nodes fills them.
 */
export async function resolveKeys(commit: Commit): Promise<void> {
  await insertMissingNodes(commit);
  await touch(
    commit,
    `INSERT INTO node_alias (alias, node_id, source_id, run_id)
     SELECT DISTINCT ON (a.alias) a.alias, n.id, $1, $2 FROM ${staged(commit, 'alias')} a JOIN node n ON n.key = a.key
     WHERE NOT EXISTS (SELECT FROM node_alias other WHERE other.alias = a.key)
     ORDER BY a.alias, n.id ON CONFLICT (alias) DO NOTHING`,
    [commit.sourceId, commit.runId],
  );
  await mergeAliases(commit);
  await touch(
    commit,
    `CREATE TEMP TABLE ref ON COMMIT DROP AS
     SELECT k.key, coalesce(a.node_id, n.id) AS id
     FROM (SELECT key FROM used_key UNION SELECT key FROM ${staged(commit, 'node')}) k
     LEFT JOIN node_alias a ON a.alias = k.key LEFT JOIN node n ON n.key = k.key
     WHERE coalesce(a.node_id, n.id) IS NOT NULL`,
  );
  await touch(commit, 'CREATE UNIQUE INDEX ON ref (key)');
  await touch(commit, 'ANALYZE ref');
}

async function insertMissingNodes(commit: Commit): Promise<void> {
  await touch(
    commit,
    `INSERT INTO node (key, kind, standing, name, valid_from)
     SELECT DISTINCT ON (s.key) s.key, s.kind, s.standing, s.key, $1
     FROM ${staged(commit, 'node')} s
     WHERE NOT EXISTS (SELECT FROM node n WHERE n.key = s.key)
       AND NOT EXISTS (SELECT FROM node_alias a WHERE a.alias = s.key)
       AND NOT EXISTS (
         SELECT FROM ${staged(commit, 'alias')} a WHERE a.alias = s.key
           AND (EXISTS (SELECT FROM node n WHERE n.key = a.key)
             OR EXISTS (SELECT FROM ${staged(commit, 'node')} t WHERE t.key = a.key))
           AND NOT EXISTS (SELECT FROM ${staged(commit, 'alias')} b WHERE b.alias = a.key))
     ORDER BY s.key, s.standing DESC, s.record, s.ctid ON CONFLICT (key) DO NOTHING`,
    [commit.asOf],
  );
}
