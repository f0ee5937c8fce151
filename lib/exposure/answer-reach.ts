import type { ReachResult } from '#lib/graph/reach-result.ts';
import type { NodeIndex, Snapshot } from '#lib/graph/snapshot.ts';
import { idOf } from './ask-snapshot.ts';
import { chooseDrawn } from './choose-drawn.ts';
import type { LoadedSnapshot } from './load-snapshot.ts';
import type { DrawAnswer, DrawQuestion, ReachAnswer, ReachQuestion } from './question.ts';
import { byOrder, matches, reachedSet, type Member, type ReachedSet } from './reached-set.ts';

/** Totals of a reach and one page of its nodes. */
export function answerReach({ snapshot, version }: LoadedSnapshot, question: ReachQuestion): ReachAnswer {
  const found = reachedSet(snapshot, question);
  const listed = found.members.filter(matches(question)).sort(byOrder(snapshot, question.sort));
  const page = listed.slice(question.offset, question.offset + question.limit);
  return {
    ...totals(snapshot, question, found),
    version,
    before: isWhatIf(question) ? sizes(reachedSet(snapshot, whole(question))) : null,
    matching: listed.length,
    rows: page.map((member) => row(snapshot, found.reach, member)),
  };
}

/**
 * The same for a picture: the chosen nodes with every node and edge of their paths, so that nothing hangs in the air. With
 * something taken away, the picture is that of before, in which what is lost is marked: nothing moves when it goes.
 */
export function answerDraw({ snapshot, version }: LoadedSnapshot, question: DrawQuestion): DrawAnswer {
  const now = reachedSet(snapshot, question);
  const before = isWhatIf(question) ? reachedSet(snapshot, whole(question)) : null;
  const shown = before ?? now;
  const isMatch = matches(question);
  const wanted = shown.members.filter(isMatch).sort(byOrder(snapshot, 'hops'));
  const { parents, edges } = chooseDrawn(shown.reach, wanted, question.limit);
  const members = new Map(shown.members.map((member) => [member.node, member]));
  return {
    ...totals(snapshot, question, now),
    version,
    before: before && sizes(before),
    matching: now.members.filter(isMatch).length,
    rows: [...parents].map(([node, parent]) => {
      // On the way to an unused node stands what is used, which is no member.
      const member = members.get(node) ?? onTheWay(snapshot, shown.reach, node);
      return {
        ...row(snapshot, shown.reach, member),
        parent: idOf(snapshot, parent),
        isMatch: members.has(node) && isMatch(member),
        isLost: before !== null && !now.reach.has(node),
      };
    }),
    edges: edges.map((edge) => snapshot.edgeId(edge)),
  };
}

function totals(snapshot: Snapshot, question: ReachQuestion | DrawQuestion, found: ReachedSet) {
  const { members, exercised, sensitive, byKind, byHop, reach } = found;
  const reached = members.length;
  const gain = (lifted: Partial<ReachQuestion>) =>
    reachedSet(snapshot, { ...question, ...lifted } as ReachQuestion).members.length - reached;
  return {
    ...{ reached, exercised, sensitive, byKind, byHop, truncated: reach.truncated },
    hidden: {
      hops: reach.truncated === 'hops' ? gain({ maxHops: null }) : 0,
      conditional: question.includeConditional ? 0 : gain({ includeConditional: true }),
    },
  };
}

const isWhatIf = (question: ReachQuestion | DrawQuestion): boolean =>
  question.excludeEdges.length + question.excludeNodes.length > 0;

const whole = <Q extends ReachQuestion | DrawQuestion>(question: Q): Q => ({
  ...question,
  excludeEdges: [],
  excludeNodes: [],
});

const sizes = ({ members, sensitive }: ReachedSet) => ({ reached: members.length, sensitive });

function onTheWay(snapshot: Snapshot, reach: ReachResult, node: NodeIndex): Member {
  const hops = reach.distance(node);
  return { node, hops, kind: snapshot.kindOf(node), isSensitive: false, isExercised: true };
}

function row(snapshot: Snapshot, reach: ReachResult, { node, hops, isExercised }: Member) {
  const level = snapshot.isResource(node) ? reach.level(node) : null;
  return { id: idOf(snapshot, node), hops, level, isExercised };
}
