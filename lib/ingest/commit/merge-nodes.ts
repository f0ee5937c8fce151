import { touch, type Commit } from './context.ts';

/**
 * Puts the columns of the nodes in `touched_node(node_id)` together from what the sources say now: member by member, the
 * higher standing wins, then the more recent word. A node of which no source says anything any more ends.
 */
export async function mergeNodes(commit: Pick<Commit, 'client' | 'asOf'> & Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE node n SET
       kind = x.kind, standing = x.standing,
       name = coalesce(nullif(x.f->>'name', ''), nullif(regexp_replace(n.key, '^.*[/:]', ''), ''), n.key),
       provider = x.f->>'provider', tenant = x.f->>'tenant', environment = x.f->>'environment', zone = x.f->>'zone',
       type = x.f->>'type', sensitivity = (x.f->>'sensitivity')::sensitivity, purpose = x.f->>'purpose',
       managed = coalesce((x.f->>'managed')::boolean, false), bound_to = x.f->>'boundTo',
       runtime_authorised = (x.f->>'runtimeAuthorised')::boolean,
       created_at = (x.f->>'createdAt')::timestamptz, rotated_at = (x.f->>'rotatedAt')::timestamptz,
       expires_at = (x.f->>'expiresAt')::timestamptz, last_used_at = (x.f->>'lastUsedAt')::timestamptz,
       labels = x.f->'labels', props = x.f->'props', valid_from = least(n.valid_from, x.since), valid_to = NULL
     FROM (
       SELECT f.node_id, (array_agg(f.kind ORDER BY f.standing DESC, f.valid_from DESC, f.id DESC))[1] AS kind,
         max(f.standing) AS standing, jsonb_merge(f.fact ORDER BY f.standing, f.valid_from, f.id) AS f,
         min(f.valid_from) AS since
       FROM touched_node t JOIN node_fact f ON f.node_id = t.node_id AND f.valid_to IS NULL
       GROUP BY f.node_id) x
     WHERE n.id = x.node_id`,
  );
  await touch(
    commit,
    `UPDATE node n SET valid_to = greatest($1, n.valid_from) FROM touched_node t
     WHERE n.id = t.node_id AND n.valid_to IS NULL
       AND NOT EXISTS (SELECT FROM node_fact f WHERE f.node_id = n.id AND f.valid_to IS NULL)`,
    [commit.asOf],
  );
}
