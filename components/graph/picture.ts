import type { EdgeView, NodeView } from '#lib/exposure/schema.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import type { Point } from './ring-layout.ts';

/** A node where it stands. */
export type PictureNode = Pick<NodeView, 'id' | 'key' | 'kind' | 'name' | 'sensitivity'> &
  Point & {
    isStart: boolean;
    /** Reached only as long as what is taken away is there. */
    isLost: boolean;
    /** Stands there because it lies on the way to something that was asked for. */
    isOnTheWay: boolean;
    /** Its name is readable at any zoom: there is room for it, and much hangs on it. */
    isNamed: boolean;
  };

export type PictureEdge = Pick<EdgeView, 'id' | 'from' | 'to' | 'kind' | 'conditional' | 'lastExercised'> & {
  isLost: boolean;
};

/** Many neighbours of one kind as one mark, such as "34 service accounts". */
export type PictureCluster = Point & {
  /** Unlike any id of a node. */
  id: string;
  kind: NodeKind;
  count: number;
  /** The node that they are neighbours of, and whether control flows to or from them. */
  of: number;
  direction: 'from' | 'into';
};

export type PictureRing = { hops: number; count: number; radius: number };

/** Everything that the canvas shows, with places; pure data, made by the views. */
export type Picture = {
  nodes: readonly PictureNode[];
  edges: readonly PictureEdge[];
  clusters: readonly PictureCluster[];
  rings: readonly PictureRing[];
  /** Where names stand: below their nodes, below in narrow columns, or to the right. */
  labels: 'below' | 'in-columns' | 'beside';
};
