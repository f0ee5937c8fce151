import type { ReachResult } from '#lib/graph/reach-result.ts';
import type { NodeIndex, Snapshot } from '#lib/graph/snapshot.ts';
import { NODE_KIND_NAMES, SENSITIVITIES, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { isSensitiveNode, searchReach } from './ask-snapshot.ts';
import type { DrawQuestion, ReachQuestion } from './question.ts';
import type { ReachSort } from './schema.ts';

export type Member = {
  node: NodeIndex;
  hops: number;
  kind: NodeKind;
  isSensitive: boolean;
  /** Logs show it to be reached as well. */
  isExercised: boolean;
};

type Asked = ReachQuestion | DrawQuestion;

/** The reached nodes that a question is about, with their totals. */
export type ReachedSet = {
  reach: ReachResult;
  members: Member[];
  exercised: number;
  sensitive: number;
  byKind: [NodeKind, number][];
  byHop: number[];
};

export function reachedSet(snapshot: Snapshot, question: Asked): ReachedSet {
  const reach = searchReach(snapshot, question);
  const used =
    question.mode === 'exercised' ? reach : searchReach(snapshot, { ...question, mode: 'exercised' });
  const members: Member[] = [];
  const byKind = new Map<NodeKind, number>();
  const byHop: number[] = Array.from({ length: reach.byHop.length - 1 }, () => 0);
  let [exercised, sensitive] = [0, 0];
  reach.forEach((node, hops) => {
    const isExercised = used.has(node);
    if (question.unusedOnly && isExercised) return;
    const kind = snapshot.kindOf(node);
    const isSensitive = isSensitiveNode(snapshot, node);
    members.push({ node, hops, kind, isSensitive, isExercised });
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    byHop[hops - 1] = (byHop[hops - 1] ?? 0) + 1;
    if (isExercised) exercised += 1;
    if (isSensitive) sensitive += 1;
  });
  const counts = NODE_KIND_NAMES.flatMap((kind): [NodeKind, number][] => {
    const count = byKind.get(kind);
    return count === undefined ? [] : [[kind, count]];
  });
  return { reach, members, exercised, sensitive, byKind: counts, byHop };
}

/** Whether a member is of the kinds and the sensitivity that are asked for. */
export function matches(question: Pick<Asked, 'kinds' | 'sensitiveOnly'>) {
  const kinds = new Set(question.kinds);
  return (member: Member): boolean =>
    (!question.sensitiveOnly || member.isSensitive) && (kinds.size === 0 || kinds.has(member.kind));
}

/** A total order for each sort: ties go by hops, then sensitivity, then the number that the database gave. */
export function byOrder(snapshot: Snapshot, sort: ReachSort): (a: Member, b: Member) => number {
  const gravity = (member: Member) => {
    const sensitivity = snapshot.sensitivityOf(member.node);
    return sensitivity === null ? -1 : SENSITIVITIES.indexOf(sensitivity);
  };
  const kindOrder = (member: Member) => NODE_KIND_NAMES.indexOf(member.kind);
  const usual = (a: Member, b: Member) => a.hops - b.hops || gravity(b) - gravity(a) || a.node - b.node;
  switch (sort) {
    case 'hops':
      return usual;
    case '-hops':
      return (a, b) => b.hops - a.hops || gravity(b) - gravity(a) || a.node - b.node;
    case 'sensitivity':
      return (a, b) => gravity(b) - gravity(a) || usual(a, b);
    case 'kind':
      return (a, b) => kindOrder(a) - kindOrder(b) || usual(a, b);
  }
}
