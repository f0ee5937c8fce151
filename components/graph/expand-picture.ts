import type { EdgeView, NeighbourView, NodeView } from '#lib/exposure/schema.ts';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import { expandLayout, type Expansion } from './expand-layout.ts';
import type { Opened } from './graph-address.ts';
import type { Picture, PictureCluster, PictureEdge } from './picture.ts';

/** So many neighbours of one edge kind and node kind are drawn one by one; more become one mark that opens. */
const APART_MAX = 12;
/** The hard end of what is drawn; further clusters stay closed. */
const DRAWN_MAX = 800;

/** The answer to one press of "expand". */
export type Answered = { opened: Opened; view: NeighbourView };

export type ExpandPicture = {
  picture: Picture;
  /** The press that opens each cluster. */
  clusters: ReadonlyMap<string, Opened>;
  nodes: ReadonlyMap<number, NodeView>;
  isFull: boolean;
};

type Group = { name: string; kind: NodeView['kind']; members: NodeView[] };

/** The start and what the presses have added to it, in their order. */
export function expandPicture(start: NodeView, answers: readonly Answered[]): ExpandPicture {
  const nodes = new Map([[start.id, start]]);
  const edges = new Map<number, EdgeView>();
  const marks = new Map<string, Omit<PictureCluster, 'x' | 'y'>>();
  const clusters = new Map<string, Opened>();
  const expansions: Expansion[] = [];
  let isFull = false;
  for (const { opened, view } of answers) {
    const added: string[] = [];
    for (const group of groupsOf(view, opened.direction)) {
      const isOpened = opened.cluster === group.name;
      if (opened.cluster !== null && !isOpened) continue;
      const id = clusterId(view.node.id, opened.direction, group.name);
      const isApart = isOpened || group.members.length <= APART_MAX;
      if (isApart && nodes.size + group.members.length <= DRAWN_MAX) {
        for (const member of group.members) {
          nodes.set(member.id, member);
          added.push(pointId(member.id));
        }
        marks.delete(id);
        continue;
      }
      isFull ||= isApart;
      const { kind } = group;
      marks.set(id, { id, kind, count: group.members.length, of: view.node.id, direction: opened.direction });
      clusters.set(id, { key: view.node.key, direction: opened.direction, cluster: group.name });
      added.push(id);
    }
    for (const edge of view.edges) edges.set(edge.id, edge);
    expansions.push({ around: pointId(view.node.id), added });
  }
  return { picture: draw(start, nodes, edges, marks, expansions), clusters, nodes, isFull };
}

function draw(
  start: NodeView,
  nodes: ReadonlyMap<number, NodeView>,
  edges: ReadonlyMap<number, EdgeView>,
  marks: ReadonlyMap<string, Omit<PictureCluster, 'x' | 'y'>>,
  expansions: readonly Expansion[],
): Picture {
  const points = expandLayout(pointId(start.id), expansions);
  const at = (id: string) => points.get(id) ?? { x: 0, y: 0 };
  return {
    nodes: [...nodes.values()].map((node) => ({
      ...{ id: node.id, key: node.key, kind: node.kind, name: node.name, sensitivity: node.sensitivity },
      ...at(pointId(node.id)),
      ...{ isStart: node.id === start.id, isLost: false, isOnTheWay: false, isNamed: false },
    })),
    edges: [...edges.values()].map((edge): PictureEdge => ({ ...edge, isLost: false })),
    clusters: [...marks.values()].map((mark) => ({ ...mark, ...at(mark.id) })),
    rings: [],
    labels: 'below',
  };
}

/** Neighbours by the kind of edge and the kind of node, in the order of the ontology; a neighbour counts in its first group. */
function groupsOf(view: NeighbourView, direction: 'from' | 'into'): Group[] {
  const known = new Map(view.nodes.map((node) => [node.id, node]));
  const groups = new Map<string, Group>();
  const placed = new Set([view.node.id]);
  for (const edge of view.edges) {
    const node = known.get(direction === 'from' ? edge.to : edge.from);
    if (!node || placed.has(node.id)) continue;
    placed.add(node.id);
    const name = `${edge.kind}.${node.kind}`;
    const group = groups.get(name);
    if (group) group.members.push(node);
    else groups.set(name, { name, kind: node.kind, members: [node] });
  }
  const order = ({ kind }: Group) => NODE_KIND_NAMES.indexOf(kind);
  return [...groups.values()].sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
}

const pointId = (id: number): string => `n${id}`;
const clusterId = (of: number, direction: string, name: string): string => `c${of}.${direction}.${name}`;
