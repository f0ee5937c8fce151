import { staged, touch, type Commit } from './context.ts';

/** Notes the spans in which the source would have seen uses, once each. Makes `new_window(record)`. */
export async function commitWindows(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE new_window ON COMMIT DROP AS
     SELECT min(s.record) AS record, s.scope, s.from_time, s.to_time FROM ${staged(commit, 'window')} s
     WHERE NOT EXISTS (SELECT FROM observation_window w WHERE w.source_id = $1 AND w.scope = s.scope
       AND w.from_time = s.from_time AND w.to_time = s.to_time)
     GROUP BY s.scope, s.from_time, s.to_time`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `INSERT INTO observation_window (source_id, scope, run_id, from_time, to_time)
     SELECT $1, scope, $2, from_time, to_time FROM new_window`,
    [commit.sourceId, commit.runId],
  );
}
