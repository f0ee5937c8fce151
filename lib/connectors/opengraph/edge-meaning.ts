import { type AccessLevel, EDGE_KIND_NAMES, type EdgeKind, fits } from '#lib/ontology/edge-kinds.ts';
import { IDENTITY_KINDS, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { pascal } from './kinds.ts';

export const openGraphEdgeKind = (kind: EdgeKind): string => `BW_${pascal(kind)}`;

const OWN = new Map(EDGE_KIND_NAMES.map((kind) => [openGraphEdgeKind(kind), kind]));

const KNOWN = new Map<string, EdgeKind>([
  ['MemberOf', 'member_of'],
  ['AZMemberOf', 'member_of'],
  ['Contains', 'contains'],
  ['AZContains', 'contains'],
  ['AZRunsAs', 'runs_as'],
  ['HasSession', 'hosts'],
  ['Owns', 'escalates'],
]);

const LEVEL_WORDS: readonly [RegExp, AccessLevel][] = [
  [/admin|owner|owns|full|generic_?all|manage|control|delegat/i, 'admin'],
  [/write|edit|push|modify|update|create|delete|set|add|reset/i, 'write'],
  [/read|get|list|view|pull|dump/i, 'read'],
];

export type EdgeMeaning = { kind: EdgeKind; level?: AccessLevel };

const isActing = (kind: NodeKind): boolean => (IDENTITY_KINDS as readonly NodeKind[]).includes(kind);

/**
 * What an OpenGraph edge means between these node kinds: by its name where that is known and fits, else by its ends, since
 * every traversable edge says that control flows from start to end. Null where the ontology has no such edge.
 */
export function edgeMeaning(name: string, from: NodeKind, to: NodeKind): EdgeMeaning | null {
  const own = OWN.get(name);
  if (own !== undefined) return fits(own, from, to) ? withLevel(own, name) : null;
  const known = KNOWN.get(name);
  const kind = known !== undefined && fits(known, from, to) ? known : kindByEnds(from, to);
  return kind === null || !fits(kind, from, to) ? null : withLevel(kind, name);
}

function kindByEnds(from: NodeKind, to: NodeKind): EdgeKind | null {
  if (from === 'team') return 'owns';
  if (from === 'credential') return 'authenticates';
  if (from === 'policy') return 'grants';
  if (from === 'resource') {
    if (to === 'credential') return 'exposes';
    return isActing(to) ? 'hosts' : 'contains';
  }
  if (to === 'resource') return 'grants';
  if (to === 'policy') return 'attached';
  if (to === 'credential') return 'holds';
  return isActing(to) ? 'escalates' : null;
}

function withLevel(kind: EdgeKind, name: string): EdgeMeaning {
  if (kind !== 'grants') return { kind };
  return { kind, level: LEVEL_WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'use' };
}
