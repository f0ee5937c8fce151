import type { ElementDefinition } from 'cytoscape';
import { NODE_COLOURS } from '#components/ui/node-colours.ts';
import { visibleText } from '#components/ui/visible-text.ts';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import type { Scheme } from './canvas-colours.ts';
import type { Picture, PictureCluster, PictureEdge, PictureNode, PictureRing } from './picture.ts';

/** Two lines of this many characters fit under a node without touching the next one's. */
const LABEL_CHARACTERS = 24;
const TAIL_CHARACTERS = 9;

/** Ids of the canvas, apart for each sort of thing, since a node and an edge may have the same number. */
export const nodeElementId = (id: number): string => `n${id}`;
export const edgeElementId = (id: number): string => `e${id}`;

/** The elements of a picture for Cytoscape. Labels are drawn as text, never as markup, with invisible characters written out. */
export function toElements(picture: Picture, scheme: Scheme): ElementDefinition[] {
  const shown = new Set(picture.nodes.map(({ id }) => id));
  return [
    ...picture.rings.map(ringElement),
    ...picture.nodes.map((node) => nodeElement(node, picture.labels, scheme)),
    ...picture.clusters.map((cluster) => clusterElement(cluster, scheme)),
    ...picture.edges
      .filter(({ from, to }) => shown.has(from) && shown.has(to))
      .map((edge) => edgeElement(edge, picture.labels !== 'below')),
    ...picture.clusters.filter(({ of }) => shown.has(of)).map(spokeElement),
  ];
}

function ringElement({ hops, count, radius }: PictureRing): ElementDefinition {
  const label = `${hops} ${hops === 1 ? 'hop' : 'hops'} · ${count.toLocaleString('en')}`;
  return {
    group: 'nodes',
    data: { id: `r${hops}`, label, size: radius * 2 },
    position: { x: 0, y: 0 },
    classes: 'ring',
    selectable: false,
    grabbable: false,
  };
}

function nodeElement(node: PictureNode, labels: Picture['labels'], scheme: Scheme): ElementDefinition {
  return {
    group: 'nodes',
    data: {
      id: nodeElementId(node.id),
      label: breakable(shortLabel(node.name)),
      colour: NODE_COLOURS[node.kind][scheme],
      shape: NODE_KINDS[node.kind].shape,
    },
    position: { x: node.x, y: node.y },
    classes: classList(
      'thing',
      labels,
      node.sensitivity,
      node.isStart && 'start',
      node.isLost && 'lost',
      node.isOnTheWay && 'on-the-way',
      node.isNamed && 'named',
    ),
  };
}

function clusterElement(cluster: PictureCluster, scheme: Scheme): ElementDefinition {
  const { plural, shape } = NODE_KINDS[cluster.kind];
  return {
    group: 'nodes',
    data: {
      id: cluster.id,
      label: `${cluster.count.toLocaleString('en')} ${plural.toLowerCase()}`,
      colour: NODE_COLOURS[cluster.kind][scheme],
      shape,
    },
    position: { x: cluster.x, y: cluster.y },
    classes: 'thing cluster',
  };
}

/** Between paths there are few edges, and several may join the same two nodes: these are drawn as bows. */
function edgeElement(edge: PictureEdge, isBow: boolean): ElementDefinition {
  return {
    group: 'edges',
    data: {
      id: edgeElementId(edge.id),
      source: nodeElementId(edge.from),
      target: nodeElementId(edge.to),
    },
    classes: classList(
      isBow && 'bow',
      edge.conditional && 'conditional',
      edge.lastExercised !== null && 'exercised',
      edge.kind === 'escalates' && 'escalates',
      edge.isLost && 'lost',
    ),
  };
}

function spokeElement({ id, of, direction }: PictureCluster): ElementDefinition {
  const [source, target] = direction === 'from' ? [nodeElementId(of), id] : [id, nodeElementId(of)];
  return { group: 'edges', data: { id: `spoke:${id}`, source, target }, classes: 'spoke' };
}

const classList = (...names: (string | false | null)[]): string => names.filter(Boolean).join(' ');

/** A name cut in its middle, since the end is often what tells two apart; never inside a surrogate pair. */
export function shortLabel(name: string): string {
  const characters = Array.from(visibleText(name));
  if (characters.length <= LABEL_CHARACTERS) return characters.join('');
  const head = characters.slice(0, LABEL_CHARACTERS - TAIL_CHARACTERS - 1).join('');
  return `${head}…${characters.slice(-TAIL_CHARACTERS).join('')}`;
}

/** The same with places where a line may end: after what separates the parts of a name. */
const breakable = (label: string): string => label.replace(/[-_/:.@ ](?=[^-_/:.@ ])/g, '$&\u200b');
