import { ACCESS_LEVELS, type AccessLevel } from '#lib/ontology/edge-kinds.ts';
import type { EdgeFacts, EdgeIndex, NodeIndex, Snapshot, Validity } from './snapshot.ts';
import type { ReachResult } from './reach-result.ts';
import { OPEN } from './snapshot.ts';
import { u32, u8 } from './typed.ts';

/** One state of the world: a snapshot, as of a time in epoch seconds (what has no end yet, when absent). */
export type Moment = { snapshot: Snapshot; asOf?: number | null };

/** Positions are those of the snapshot that has the thing: `gone` in the earlier, the others in the later. */
export type GraphDifference = {
  nodes: { added: NodeIndex[]; gone: NodeIndex[]; changed: NodeIndex[] };
  /** Changed: same id, other kind, ends, level, condition or use. */
  edges: { added: EdgeIndex[]; gone: EdgeIndex[]; changed: EdgeIndex[] };
};

/** What came, went and changed between two snapshots, or between two dates of one. Things are the same by external id. */
export function compareGraphs(before: Moment, after: Moment): GraphDifference {
  const result: GraphDifference = {
    nodes: { added: [], gone: [], changed: [] },
    edges: { added: [], gone: [], changed: [] },
  };
  const old = before.snapshot;
  const young = after.snapshot;
  const isSame = old === young;
  const nodeIn = (from: Snapshot, to: Snapshot, node: NodeIndex) =>
    isSame ? node : to.nodeOf(from.nodeId(node));
  const edgeIn = (from: Snapshot, to: Snapshot, edge: EdgeIndex) =>
    isSame ? edge : to.edgeOf(from.edgeId(edge));
  for (let node = 0; node < young.nodeCount; node++) {
    if (!hasNode(after, node)) continue;
    const other = nodeIn(young, old, node);
    if (!hasNode(before, other)) result.nodes.added.push(node);
    else if (!isSame && !isSameNode(old, other, young, node)) result.nodes.changed.push(node);
  }
  for (let node = 0; node < old.nodeCount; node++) {
    if (hasNode(before, node) && !hasNode(after, nodeIn(old, young, node))) result.nodes.gone.push(node);
  }
  for (let edge = 0; edge < young.edgeCount; edge++) {
    if (!hasEdge(after, edge)) continue;
    const other = edgeIn(young, old, edge);
    if (!hasEdge(before, other)) result.edges.added.push(edge);
    else if (!isSame && !isSameEdge(old, old.edgeFacts(other), young, young.edgeFacts(edge))) {
      result.edges.changed.push(edge);
    }
  }
  for (let edge = 0; edge < old.edgeCount; edge++) {
    if (hasEdge(before, edge) && !hasEdge(after, edgeIn(old, young, edge))) result.edges.gone.push(edge);
  }
  return result;
}

function hasNode({ snapshot, asOf }: Moment, node: NodeIndex): boolean {
  return node >= 0 && isValid(snapshot.parts.nodeValidity, node, asOf ?? null);
}

function hasEdge({ snapshot, asOf }: Moment, edge: EdgeIndex): boolean {
  return edge >= 0 && isValid(snapshot.parts.edgeValidity, edge, asOf ?? null);
}

function isValid(validity: Validity | null, index: number, asOf: number | null): boolean {
  if (!validity) return true;
  const end = u32(validity.to, index);
  if (asOf === null) return end === OPEN;
  return u32(validity.from, index) <= asOf && (end === OPEN || asOf < end);
}

function isSameNode(old: Snapshot, a: NodeIndex, young: Snapshot, b: NodeIndex): boolean {
  return (
    u8(old.parts.nodeKinds, a) === u8(young.parts.nodeKinds, b) &&
    u8(old.parts.sensitivities, a) === u8(young.parts.sensitivities, b)
  );
}

function isSameEdge(old: Snapshot, a: EdgeFacts, young: Snapshot, b: EdgeFacts): boolean {
  return (
    a.kind === b.kind &&
    a.level === b.level &&
    a.conditional === b.conditional &&
    a.exercised === b.exercised &&
    old.nodeId(a.from) === young.nodeId(b.from) &&
    old.nodeId(a.to) === young.nodeId(b.to)
  );
}

type ExternalChange = { id: number | string; before: AccessLevel | null; after: AccessLevel | null };
export type ReachComparison = { lost: ExternalChange[]; gained: ExternalChange[]; changed: ExternalChange[] };

/** The same question asked of two snapshots (or dates): what the reach lost and gained, by external id, with levels. */
export function compareReach(before: ReachResult, after: ReachResult): ReachComparison {
  const result: ReachComparison = { lost: [], gained: [], changed: [] };
  const levelIn = (reach: ReachResult, id: number | string) => {
    const node = reach.snapshot.nodeOf(id);
    return node === -1 ? null : reach.level(node);
  };
  before.forEach((node) => {
    const id = before.snapshot.nodeId(node);
    const change = { id, before: before.level(node), after: levelIn(after, id) };
    if (change.after === null) result.lost.push(change);
    else if (change.before && ACCESS_LEVELS[change.before] !== ACCESS_LEVELS[change.after])
      result.changed.push(change);
  });
  after.forEach((node) => {
    const id = after.snapshot.nodeId(node);
    if (levelIn(before, id) === null) result.gained.push({ id, before: null, after: after.level(node) });
  });
  return result;
}
