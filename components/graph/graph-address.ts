import { NODES_DRAWN_AT_FIRST, NODES_DRAWN_MAX, REACH_SORTS, type ReachSort } from '#lib/exposure/schema.ts';
import { EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { NODE_KIND_NAMES, type NodeKind } from '#lib/ontology/node-kinds.ts';

const VIEWS = ['radius', 'expand', 'paths'] as const;
const DIRECTIONS = ['from', 'into'] as const;
const MODES = ['granted', 'exercised', 'unused'] as const;
const PANELS = ['reached', 'node', 'choke'] as const;
export type ExplorerView = (typeof VIEWS)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type Mode = (typeof MODES)[number];
type PanelName = (typeof PANELS)[number];

export const ROWS_PER_PAGE = 25;
const HOPS_MAX = 10_000;
const PATHS_MAX = 20;
const TAKEN_AWAY_MAX = 50;

/** One press of "expand": a node, a direction, and the cluster (`edge kind.node kind`) that is opened; null: the node itself. */
export type Opened = { key: string; direction: Direction; cluster: string | null };

/** All that the explorer shows is in its address, so that a link and the back button hold it. */
export type GraphState = {
  /** The start; null shows the ways to find one. */
  key: string | null;
  view: ExplorerView;
  direction: Direction;
  mode: Mode;
  isConditional: boolean;
  hops: number | null;
  /** `YYYY-MM-DD`; null: now. */
  asOf: string | null;
  kinds: readonly NodeKind[];
  sensitiveOnly: boolean;
  sort: ReachSort;
  offset: number;
  /** How many nodes are drawn at most. */
  limit: number;
  selected: string | null;
  panel: PanelName;
  /** The other end of the path finder, how many paths, and the kinds that they must not pass. */
  to: string | null;
  paths: number;
  avoid: readonly NodeKind[];
  withoutEdges: readonly number[];
  withoutNodes: readonly number[];
  opened: readonly Opened[];
};

export const FIRST_STATE: GraphState = {
  key: null,
  view: 'radius',
  direction: 'from',
  mode: 'granted',
  isConditional: true,
  hops: null,
  asOf: null,
  kinds: [],
  sensitiveOnly: false,
  sort: 'hops',
  offset: 0,
  limit: NODES_DRAWN_AT_FIRST,
  selected: null,
  panel: 'reached',
  to: null,
  paths: 3,
  avoid: [],
  withoutEdges: [],
  withoutNodes: [],
  opened: [],
};

/** Reads an address; whatever does not make sense counts as not given. */
export function readGraphState(params: URLSearchParams): GraphState {
  const one = <T extends string>(name: string, known: readonly T[], usual: T): T =>
    known.find((value) => value === params.get(name)) ?? usual;
  const key = (name: string) => (params.get(name) ?? '') || null;
  const kinds = (name: string) => {
    const wanted = (params.get(name) ?? '').split(',');
    return NODE_KIND_NAMES.filter((kind) => wanted.includes(kind));
  };
  return {
    key: key('key'),
    view: one('view', VIEWS, FIRST_STATE.view),
    direction: one('direction', DIRECTIONS, FIRST_STATE.direction),
    mode: one('mode', MODES, FIRST_STATE.mode),
    isConditional: params.get('conditional') !== 'false',
    hops: whole(params.get('hops'), 1, HOPS_MAX),
    asOf: day(params.get('asOf')),
    kinds: kinds('kinds'),
    sensitiveOnly: params.get('sensitive') === 'true',
    sort: one('sort', REACH_SORTS, FIRST_STATE.sort),
    offset: whole(params.get('offset'), 0, Number.MAX_SAFE_INTEGER) ?? 0,
    limit: whole(params.get('limit'), 1, NODES_DRAWN_MAX) ?? NODES_DRAWN_AT_FIRST,
    selected: key('selected'),
    panel: one('panel', PANELS, FIRST_STATE.panel),
    to: key('to'),
    paths: whole(params.get('paths'), 1, PATHS_MAX) ?? FIRST_STATE.paths,
    avoid: kinds('avoid'),
    withoutEdges: ids(params.get('withoutEdges')),
    withoutNodes: ids(params.get('withoutNodes')),
    opened: params.getAll('open').flatMap(readOpened),
  };
}

/** The address of a state; what is as at first is left out, so that addresses are short. */
export function writeGraphState(state: GraphState): URLSearchParams {
  const params = new URLSearchParams();
  const put = (name: string, value: string | number | null, isUsual: boolean) => {
    if (!isUsual && value !== null && value !== '') params.set(name, String(value));
  };
  put('key', state.key, false);
  put('view', state.view, state.view === FIRST_STATE.view);
  put('direction', state.direction, state.direction === FIRST_STATE.direction);
  put('mode', state.mode, state.mode === FIRST_STATE.mode);
  put('conditional', 'false', state.isConditional);
  put('hops', state.hops, false);
  put('asOf', state.asOf, false);
  put('kinds', state.kinds.join(','), false);
  put('sensitive', 'true', !state.sensitiveOnly);
  put('sort', state.sort, state.sort === FIRST_STATE.sort);
  put('offset', state.offset, state.offset === 0);
  put('limit', state.limit, state.limit === FIRST_STATE.limit);
  put('selected', state.selected, false);
  put('panel', state.panel, state.panel === FIRST_STATE.panel);
  put('to', state.to, false);
  put('paths', state.paths, state.paths === FIRST_STATE.paths);
  put('avoid', state.avoid.join(','), false);
  put('withoutEdges', state.withoutEdges.join(','), false);
  put('withoutNodes', state.withoutNodes.join(','), false);
  for (const opened of state.opened) params.append('open', writeOpened(opened));
  return params;
}

/** What another start forgets, because it was about the former one. */
const OF_ONE_START: Partial<GraphState> = {
  selected: null,
  panel: 'reached',
  kinds: [],
  withoutEdges: [],
  withoutNodes: [],
  opened: [],
  limit: NODES_DRAWN_AT_FIRST,
};
/** Changes after which the same rows are listed; any other leads back to the first. */
const KEEPS_ROWS = new Set([
  'offset',
  'selected',
  'panel',
  'limit',
  'opened',
  'to',
  'paths',
  'avoid',
  'view',
]);

export function changeGraphState(state: GraphState, change: Partial<GraphState>): GraphState {
  const isOtherStart = change.key !== undefined && change.key !== state.key;
  const keepsRows = Object.keys(change).every((name) => KEEPS_ROWS.has(name));
  return { ...state, ...(isOtherStart ? OF_ONE_START : {}), ...(keepsRows ? {} : { offset: 0 }), ...change };
}

export function graphHref(state: GraphState): string {
  const query = writeGraphState(state).toString();
  return query === '' ? '/graph' : `/graph?${query}`;
}

function whole(text: string | null, min: number, max: number): number | null {
  if (text === null || !/^\d{1,9}$/.test(text)) return null;
  return Math.min(max, Math.max(min, Number(text)));
}

function day(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

function ids(text: string | null): number[] {
  const parts = (text ?? '').split(',').filter((part) => /^\d{1,9}$/.test(part));
  return [...new Set(parts.map(Number))].slice(0, TAKEN_AWAY_MAX);
}

/** `direction~cluster~key`; the key comes last, because it may hold anything. */
function readOpened(text: string): Opened[] {
  const [, direction, cluster = '', key] = /^(from|into)~([a-z_.]*)~([^]+)$/.exec(text) ?? [];
  if (key === undefined || (cluster !== '' && !isCluster(cluster))) return [];
  return [{ key, direction: direction === 'into' ? 'into' : 'from', cluster: cluster || null }];
}

function isCluster(text: string): boolean {
  const [edgeKind, nodeKind, ...rest] = text.split('.');
  const isKnown =
    EDGE_KIND_NAMES.some((kind) => kind === edgeKind) && NODE_KIND_NAMES.some((kind) => kind === nodeKind);
  return isKnown && rest.length === 0;
}

const writeOpened = ({ direction, cluster, key }: Opened): string => `${direction}~${cluster ?? ''}~${key}`;
