import type { Tx } from '#lib/db/client.ts';

/** The source under which accepted ownership stands in the graph, and its one run. */
const SOURCE_ID = 'src_ownership';
const SOURCE_NAME = 'Bailiwick ownership';
const RUN_PUBLIC_ID = 'run_ownership';

/**
 * Brings `node.owner_id` and the `owns` edges in line with the accepted claims, for these nodes or (null) for all. Ingest
 * calls it after a run that brought claims; the decisions of people call it for their node. An owns edge is one row per
 * span of accepted ownership, so that the graph can be asked who owned what when; it is no path of control, and the
 * graph version does not change with it. A named person and a backup fall with the owner they were named under.
 */
export async function syncOwnership(tx: Tx, nodeIds: readonly number[] | null): Promise<void> {
  const ids = nodeIds === null ? null : [...nodeIds];
  await tx.$executeRaw`
    UPDATE node SET owner_id = wanted.owner_id, owner_person_id = NULL, owner_backup_id = NULL
    FROM (
      SELECT n.id, c.owner_id FROM node n
      LEFT JOIN ownership_claim c ON c.node_id = n.id AND c.state = 'accepted'
      WHERE ${ids}::int[] IS NULL OR n.id = ANY(${ids}::int[])
    ) wanted
    WHERE node.id = wanted.id AND node.owner_id IS DISTINCT FROM wanted.owner_id`;
  const runId = await systemRun(tx);
  await tx.$executeRaw`
    UPDATE edge SET valid_to = greatest(now(), edge.valid_from), run_to = ${runId}
    FROM node WHERE node.id = edge.to_id AND edge.source_id = ${SOURCE_ID} AND edge.kind = 'owns' AND edge.valid_to IS NULL
      AND (${ids}::int[] IS NULL OR node.id = ANY(${ids}::int[]))
      AND (node.owner_id IS DISTINCT FROM edge.from_id OR node.valid_to IS NOT NULL)`;
  await tx.$executeRaw`
    INSERT INTO edge (from_id, to_id, kind, source_id, run_from, valid_from, digest)
    SELECT node.owner_id, node.id, 'owns', ${SOURCE_ID}, ${runId}, now(), 0 FROM node
    WHERE node.owner_id IS NOT NULL AND node.valid_to IS NULL
      AND (${ids}::int[] IS NULL OR node.id = ANY(${ids}::int[]))
    ON CONFLICT DO NOTHING`;
}

async function systemRun(tx: Tx): Promise<number> {
  await tx.$executeRaw`INSERT INTO source (id, name) VALUES (${SOURCE_ID}, ${SOURCE_NAME}) ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO run (public_id, source_id, format, state, as_of, started_by)
    VALUES (${RUN_PUBLIC_ID}, ${SOURCE_ID}, 'ownership', 'done', now(), 'system') ON CONFLICT DO NOTHING`;
  const run = await tx.run.findUniqueOrThrow({ where: { publicId: RUN_PUBLIC_ID }, select: { id: true } });
  return run.id;
}

/**
 * Suggests owners from the neighbourhood: who owns the identity that a credential proves to be, the workload that holds
 * it, or the workload that runs as an account. Only for what nobody owns; a suggestion that was made before, and perhaps
 * rejected, is not made again. Gives how many are new.
 */
export async function suggestFromNeighbours(tx: Tx, neighbourIds: readonly number[] | null): Promise<number> {
  const ids = neighbourIds === null ? null : [...neighbourIds];
  await systemRun(tx);
  return tx.$executeRaw`
    INSERT INTO ownership_claim (id, node_id, owner_id, basis, evidence, confidence, state, source_id)
    SELECT DISTINCT ON (found.node_id, found.owner_id, found.basis)
      'clm_' || translate(substr(encode(sha256(convert_to(found.node_id || ' ' || found.owner_id || ' ' || found.basis, 'UTF8')), 'hex'), 1, 20), 'ilou', ''),
      found.node_id, found.owner_id, found.basis, found.evidence, found.confidence, 'suggested', ${SOURCE_ID}
    FROM (
      SELECT e.from_id AS node_id, other.owner_id, 'identity' AS basis, 0.9 AS confidence,
        'It proves to be ' || other.name || ', which ' || owner.name || ' is accountable for.' AS evidence
      FROM edge e JOIN node other ON other.id = e.to_id JOIN node owner ON owner.id = other.owner_id
      WHERE e.kind = 'authenticates' AND e.valid_to IS NULL AND (${ids}::int[] IS NULL OR other.id = ANY(${ids}::int[]))
      UNION ALL
      SELECT e.to_id, other.owner_id, CASE e.kind WHEN 'holds' THEN 'holder' ELSE 'workload' END,
        CASE e.kind WHEN 'holds' THEN 0.7 ELSE 0.8 END,
        other.name || CASE e.kind WHEN 'holds' THEN ' holds it' ELSE ' runs with its identity' END
          || '; ' || owner.name || ' is accountable for ' || other.name || '.'
      FROM edge e JOIN node other ON other.id = e.from_id JOIN node owner ON owner.id = other.owner_id
      WHERE e.kind IN ('holds', 'runs_as') AND other.kind <> 'resource' AND e.valid_to IS NULL
        AND (${ids}::int[] IS NULL OR other.id = ANY(${ids}::int[]))
    ) found
    JOIN node n ON n.id = found.node_id AND n.owner_id IS NULL AND n.valid_to IS NULL AND NOT n.managed AND n.kind <> 'person'
    ORDER BY found.node_id, found.owner_id, found.basis, found.evidence
    ON CONFLICT DO NOTHING`;
}
