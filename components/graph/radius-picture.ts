import type { DrawnNode, DrawView, HopView } from '#lib/exposure/schema.ts';
import { NODE_KIND_NAMES } from '#lib/ontology/node-kinds.ts';
import { chooseNamed } from './choose-named.ts';
import type { Picture } from './picture.ts';
import { ringLayout } from './ring-layout.ts';
import { shortLabel } from './to-elements.ts';
import type { Highlight } from './show-highlight.ts';

const RING_MARGIN = 30;
/** In a picture of so few, every node asks for a name; in a larger one those do through which others are reached. */
const NAMED_ALL_MAX = 60;

/** The blast radius in rings. Siblings stand by kind, then name, so that what is alike is together and stays where it is. */
export function radiusPicture(view: DrawView, cut: ReadonlySet<number>): Picture {
  const ordered = [...view.nodes].sort(
    (a, b) =>
      NODE_KIND_NAMES.indexOf(a.kind) - NODE_KIND_NAMES.indexOf(b.kind) ||
      (a.name < b.name ? -1 : Number(a.name > b.name)) ||
      a.id - b.id,
  );
  const { points, rings } = ringLayout(ordered);
  const at = (id: number) => points.get(id) ?? { x: 0, y: 0 };
  const passed = new Set(view.nodes.map(({ parent }) => parent));
  // What others are reached through asks first, the nearest before the rest.
  const inTurn = [...view.nodes].sort(
    (a, b) => Number(passed.has(b.id)) - Number(passed.has(a.id)) || a.hops - b.hops || a.id - b.id,
  );
  const named = chooseNamed(
    inTurn.map(({ id, name, hops, sensitivity }) => ({
      ...{ id, ...at(id), length: shortLabel(name).length },
      isAlways: hops === 0 || sensitivity === 'crown_jewel',
      isAsking: passed.has(id) || view.nodes.length <= NAMED_ALL_MAX,
    })),
    (rings.at(-1)?.outer ?? 0) + RING_MARGIN,
    rings.map(({ outer }) => ringLabelBox(outer + RING_MARGIN)),
  );
  const lost = new Set(view.nodes.filter(({ isLost }) => isLost).map(({ id }) => id));
  return {
    nodes: view.nodes.map((node) => ({
      ...{ id: node.id, key: node.key, kind: node.kind, name: node.name, sensitivity: node.sensitivity },
      ...at(node.id),
      isStart: node.hops === 0,
      isLost: node.isLost,
      isOnTheWay: !node.isMatch,
      isNamed: named.has(node.id),
    })),
    edges: view.edges.map((edge) => ({
      ...edge,
      isLost: cut.has(edge.id) || lost.has(edge.from) || lost.has(edge.to),
    })),
    clusters: [],
    labels: 'below',
    // A ring's line runs outside of its nodes, so that it never strikes through them; the counts are those of the whole reach.
    rings: rings.map(({ hops, outer }) => ({
      hops,
      radius: outer + RING_MARGIN,
      count: view.byHop[hops - 1] ?? 0,
    })),
  };
}

/** Where the hops of a ring are written: on top of it. */
const ringLabelBox = (radius: number) => ({ left: -50, right: 50, top: -radius - 12, bottom: -radius + 12 });

/** Finds the path to a drawn node by following the drawn parents. */
export function pathTracer(view: DrawView, direction: 'from' | 'into'): (id: number) => Highlight {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const edges = new Map(view.edges.map((edge) => [`${edge.from}>${edge.to}`, edge.id]));
  return (id) => {
    const highlight = { nodes: [id], edges: [] as number[] };
    for (
      let node: DrawnNode | undefined = nodes.get(id);
      node?.parent != null;
      node = nodes.get(node.parent)
    ) {
      const edge = edges.get(
        direction === 'from' ? `${node.parent}>${node.id}` : `${node.id}>${node.parent}`,
      );
      highlight.nodes.push(node.parent);
      if (edge !== undefined) highlight.edges.push(edge);
    }
    return highlight;
  };
}

export function hopsHighlight(hops: readonly HopView[]): Highlight {
  return {
    nodes: [...new Set(hops.flatMap(({ from, to }) => [from.id, to.id]))],
    edges: hops.map(({ edge }) => edge.id),
  };
}
