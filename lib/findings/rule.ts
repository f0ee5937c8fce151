import type { Prisma } from '#lib/db/generated/client.ts';
import type { Tx } from '#lib/db/client.ts';
import type { ReferenceId } from './references.ts';
import type { RuleId } from './rule-ids.ts';
import type { Evidence, EvidencePoint, Severity } from './schema.ts';

/** A rule's verdict on one node, with what it rests on. */
export type Found = { nodeId: number; severity: Severity; evidence: Evidence };

export type RuleContext = {
  tx: Tx;
  now: Date;
  /** `watched(name, source, from_time, to_time, days)` for a WITH clause: what logs could have seen. */
  watched: Prisma.Sql;
};

/** One check of the whole graph. The same graph and usage give the same verdicts. */
export type Rule = {
  id: RuleId;
  /** What is wrong, as a list shows it. */
  title: string;
  why: string;
  remedy: string;
  references: readonly ReferenceId[];
  find: (context: RuleContext) => Promise<Found[]>;
};

const POINTS_MAX = 25;

/** Evidence of a sentence and its points, of which at most 25 are kept; the rest are counted. */
export function evidenceOf(
  summary: string,
  points: readonly EvidencePoint[],
  total = points.length,
): Evidence {
  const kept = points.slice(0, POINTS_MAX);
  return { summary, points: kept, more: Math.max(0, total - kept.length) };
}

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const day = (at: Date | string): string =>
  (typeof at === 'string' ? at : at.toISOString()).slice(0, 10);

export const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() - from.getTime()) / 86_400_000);
