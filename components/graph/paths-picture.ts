import type { HopView, PathView } from '#lib/exposure/schema.ts';
import { pathLayout } from './path-layout.ts';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';
import { hopsHighlight } from './radius-picture.ts';
import type { Highlight } from './show-highlight.ts';

/** All paths as one drawing from left to right, or from top to bottom where it is narrow. */
export function pathsPicture(view: PathView, isUpright: boolean): Picture {
  const hops = view.paths.flatMap((path) => path.hops);
  const points = pathLayout(
    view.paths.map((path) => path.hops.map(({ from, to }) => ({ from: from.id, to: to.id }))),
    isUpright,
  );
  const nodes = new Map<number, PictureNode>();
  const edges = new Map<number, PictureEdge>();
  for (const { from, edge, to } of hops) {
    for (const node of [from, to])
      nodes.set(node.id, {
        ...{ id: node.id, key: node.key, kind: node.kind, name: node.name, sensitivity: node.sensitivity },
        ...(points.get(node.id) ?? { x: 0, y: 0 }),
        ...{ isStart: node.id === view.from.id, isLost: false, isOnTheWay: false, isNamed: true },
      });
    edges.set(edge.id, { ...edge, isLost: false });
  }
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    clusters: [],
    rings: [],
    labels: isUpright ? 'beside' : 'in-columns',
  };
}

export const pathHighlight = ({ hops }: { hops: readonly HopView[] }): Highlight => hopsHighlight(hops);
