import type { Tx } from '#lib/db/client.ts';
import type { EdgeKind, NodeKind } from '#lib/db/generated/enums.ts';

/** What is asked about: a node (identity or credential), or an edge (a permission). */
export type Subject = { nodeId: number; edgeId: number | null };

/**
 * Which rows of the usage sums speak of a subject; null means "any". `use`: what is done with it. `call`: who acts on
 * it or as it. `ref` is the position of the subject in the list that was asked for.
 */
export type UseSelector = {
  ref: number;
  role: 'use' | 'call';
  actorId: number | null;
  credentialId: number | null;
  targetId: number | null;
};

type NodeRow = { id: number; kind: NodeKind };
type EdgeRow = { id: number; fromId: number; toId: number; kind: EdgeKind };

/** Finds for each subject the uses that would stop if it went away. Permission sets are followed to who is bound to them. */
export async function useSelectorsOf(tx: Tx, subjects: readonly Subject[]): Promise<UseSelector[]> {
  const nodeIds = subjects.filter((s) => s.edgeId === null).map((s) => s.nodeId);
  const edgeIds = subjects.flatMap((s) => (s.edgeId === null ? [] : [s.edgeId]));
  const nodes = await tx.node.findMany({ where: { id: { in: nodeIds } }, select: { id: true, kind: true } });
  const edges = await tx.edge.findMany({
    where: { id: { in: edgeIds } },
    select: { id: true, fromId: true, toId: true, kind: true },
  });
  const reach = await loadPolicyReach(tx, edges, nodes);
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
  return subjects.flatMap((subject, ref) => {
    if (subject.edgeId !== null) {
      const edge = edgeById.get(subject.edgeId);
      return edge ? ofEdge(edge, reach).map((s) => ({ ref, ...s })) : [];
    }
    const node = nodeById.get(subject.nodeId);
    return node ? ofNode(node, reach).map((s) => ({ ref, ...s })) : [];
  });
}

type PolicyReach = {
  /** identities bound to a policy, members of bound groups included */
  actorsOfPolicy: Map<number, number[]>;
  membersOfGroup: Map<number, number[]>;
  targetsOf: Map<number, number[]>;
};

type Bare = Omit<UseSelector, 'ref'>;
const use = (actorId: number | null, credentialId: number | null, targetId: number | null): Bare => ({
  role: 'use',
  actorId,
  credentialId,
  targetId,
});

function ofNode(node: NodeRow, reach: PolicyReach): Bare[] {
  if (node.kind === 'credential') return [use(null, node.id, null)];
  const members = reach.membersOfGroup.get(node.id) ?? [];
  return [
    use(node.id, null, null),
    ...members.map((member) => use(member, null, null)),
    { role: 'call', actorId: null, credentialId: null, targetId: node.id },
  ];
}

function ofEdge(edge: EdgeRow, reach: PolicyReach): Bare[] {
  const actors = (id: number) => [id, ...(reach.membersOfGroup.get(id) ?? [])];
  switch (edge.kind) {
    case 'holds':
      return [use(null, edge.toId, null)];
    case 'authenticates':
      return [use(null, edge.fromId, null)];
    case 'runs_as':
      return [use(edge.toId, null, null)];
    case 'attached':
    case 'member_of':
      return (reach.targetsOf.get(edge.toId) ?? []).flatMap((target) =>
        (edge.kind === 'member_of' ? [edge.fromId] : actors(edge.fromId)).map((actor) =>
          use(actor, null, target),
        ),
      );
    default: {
      const bound = reach.actorsOfPolicy.get(edge.fromId) ?? [];
      return [...new Set([...actors(edge.fromId), ...bound])].map((actor) => use(actor, null, edge.toId));
    }
  }
}

async function loadPolicyReach(
  tx: Tx,
  edges: readonly EdgeRow[],
  nodes: readonly NodeRow[],
): Promise<PolicyReach> {
  const ends = [
    ...new Set([...edges.flatMap((edge) => [edge.fromId, edge.toId]), ...nodes.map((n) => n.id)]),
  ];
  const bound = await tx.$queryRaw<{ policy: number; actor: number }[]>`
    SELECT DISTINCT a.to_id AS policy, coalesce(m.from_id, a.from_id) AS actor
    FROM edge a
    LEFT JOIN edge m ON m.to_id = a.from_id AND m.kind = 'member_of' AND m.valid_to IS NULL
    WHERE a.kind = 'attached' AND a.valid_to IS NULL AND a.to_id = ANY(${ends}::int[])`;
  const members = await tx.$queryRaw<{ group: number; actor: number }[]>`
    SELECT DISTINCT to_id AS "group", from_id AS actor FROM edge
    WHERE kind = 'member_of' AND valid_to IS NULL AND to_id = ANY(${ends}::int[])`;
  const targets = await tx.$queryRaw<{ holder: number; target: number }[]>`
    SELECT from_id AS holder, to_id AS target FROM edge
    WHERE kind = 'grants' AND valid_to IS NULL AND from_id = ANY(${ends}::int[])
    UNION
    SELECT a.from_id, g.to_id
    FROM edge a JOIN edge g ON g.from_id = a.to_id AND g.kind = 'grants' AND g.valid_to IS NULL
    WHERE a.kind = 'attached' AND a.valid_to IS NULL AND a.from_id = ANY(${ends}::int[])`;
  return {
    actorsOfPolicy: grouped(bound.map((row) => [row.policy, row.actor])),
    membersOfGroup: grouped(members.map((row) => [row.group, row.actor])),
    targetsOf: grouped(targets.map((row) => [row.holder, row.target])),
  };
}

function grouped(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const map = new Map<number, number[]>();
  for (const [key, value] of pairs) {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  }
  return map;
}
