import { touch, type Commit } from './context.ts';

/**
 * Keeps the edges that follow from patterns: a grant on `arn:…:bucket/*` is also a grant on every known resource that
 * matches. Works on the nodes in `touched_node(node_id)` and on the pattern edges that this run began or ended, and gives
 * what it makes the run of its caller.
 */
export async function deriveEdges(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE edge d SET valid_to = $1, run_to = $2 FROM edge p
     WHERE d.derived_from = p.id AND d.valid_to IS NULL AND p.valid_to IS NOT NULL AND p.run_to = $2`,
    [commit.asOf, commit.runId],
  );
  await touch(
    commit,
    `UPDATE edge d SET valid_to = $1, run_to = $2 FROM edge p, node n, touched_node t
     WHERE n.id = t.node_id AND d.to_id = n.id AND d.derived_from = p.id AND d.valid_to IS NULL
       AND (n.valid_to IS NOT NULL OR n.kind <> 'resource' OR n.tenant IS DISTINCT FROM p.pattern_tenant)`,
    [commit.asOf, commit.runId],
  );
  await insertMatches(commit, `p.run_from = $1`, 'node n');
  await insertMatches(commit, 'p.run_from <> $1', 'touched_node t JOIN node n ON n.id = t.node_id');
}

async function insertMatches(commit: Commit, patterns: string, nodes: string): Promise<void> {
  await touch(
    commit,
    `INSERT INTO edge (from_id, to_id, kind, qualifier, level, conditional, limited, source_id, scope_id, run_from,
       valid_from, digest, props, derived_from)
     SELECT p.from_id, n.id, p.kind, p.qualifier, p.level, p.conditional, p.limited, p.source_id, p.scope_id, $1,
       greatest(p.valid_from, n.valid_from), p.digest, NULL, p.id
     FROM ${nodes} JOIN edge p ON p.pattern_tenant = n.tenant AND n.key LIKE glob_to_like(p.pattern_glob)
     WHERE ${patterns} AND p.pattern_glob IS NOT NULL AND p.valid_to IS NULL AND p.to_id <> n.id AND p.from_id <> n.id
       AND n.kind = 'resource' AND n.valid_to IS NULL
     ON CONFLICT (derived_from, to_id) WHERE valid_to IS NULL AND derived_from IS NOT NULL DO NOTHING`,
    [commit.runId],
  );
}
