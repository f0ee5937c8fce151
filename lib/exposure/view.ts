import { hopSentence } from '#lib/ontology/hop.ts';
import type { EdgeView, HopView, NodeView } from './schema.ts';
import type { EdgeRow, NodeRow } from './store.ts';

export const toNodeView = (row: NodeRow): NodeView => row;

export function toEdgeView({
  qualifier,
  lastExercised,
  exercisedCount,
  validFrom,
  ...row
}: EdgeRow): EdgeView {
  return {
    ...row,
    via: qualifier === '' ? null : qualifier,
    lastExercised: lastExercised?.toISOString() ?? null,
    exercisedCount: Number(exercisedCount),
    validFrom: validFrom.toISOString(),
  };
}

/** One hop with its sentence. */
export function toHopView(from: NodeRow, edge: EdgeRow, to: NodeRow): HopView {
  const sentence = hopSentence({
    fromName: from.name,
    kind: edge.kind,
    toName: to.name,
    level: edge.level,
    conditional: edge.conditional,
    via: edge.qualifier === '' ? null : edge.qualifier,
    lastUsed: edge.lastExercised,
  });
  return { from: toNodeView(from), edge: toEdgeView(edge), to: toNodeView(to), sentence };
}

/** The row with this id; ids come from a snapshot of the same database, so a missing one is a fault of ours. */
export function rowOf<T>(rows: ReadonlyMap<number, T>, id: number): T {
  const row = rows.get(id);
  if (row === undefined) throw new Error(`The graph names ${String(id)}, which the database does not have.`);
  return row;
}
