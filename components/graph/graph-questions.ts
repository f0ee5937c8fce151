import { ROWS_PER_PAGE, type GraphState, type Opened } from './graph-address.ts';

// The API's query strings for what the address says; always in the same order, so that they can be query keys.

const NEIGHBOURS_MAX = 400;

/** What part of the graph is meant. */
function scopeParams(state: GraphState): URLSearchParams {
  const params = new URLSearchParams({ mode: state.mode, conditional: String(state.isConditional) });
  if (state.hops !== null) params.set('hops', String(state.hops));
  // A day is meant with all that happened on it.
  if (state.asOf !== null) params.set('asOf', `${state.asOf}T23:59:59Z`);
  if (state.withoutEdges.length > 0) params.set('withoutEdges', state.withoutEdges.join(','));
  if (state.withoutNodes.length > 0) params.set('withoutNodes', state.withoutNodes.join(','));
  return params;
}

function reachParams(state: GraphState, key: string): URLSearchParams {
  const params = scopeParams(state);
  params.set('key', key);
  params.set('direction', state.direction);
  if (state.kinds.length > 0) params.set('kinds', state.kinds.join(','));
  if (state.sensitiveOnly) params.set('sensitiveOnly', 'true');
  return params;
}

export function drawQuestion(state: GraphState, key: string): string {
  const params = reachParams(state, key);
  params.set('limit', String(state.limit));
  return params.toString();
}

export function rowsQuestion(state: GraphState, key: string): string {
  const params = reachParams(state, key);
  params.set('sort', state.sort);
  params.set('offset', String(state.offset));
  params.set('limit', String(ROWS_PER_PAGE));
  return params.toString();
}

/** The address of the CSV: every row that the table counts, in its order. */
export function csvHref(state: GraphState, key: string): string {
  const params = reachParams(state, key);
  params.set('sort', state.sort);
  params.set('format', 'csv');
  return `/api/v1/graph/reach?${params.toString()}`;
}

export const jsonHref = (state: GraphState, key: string): string =>
  `/api/v1/graph/draw?${drawQuestion(state, key)}`;

export function whyQuestion(state: GraphState, key: string, target: string): string {
  const params = scopeParams(state);
  params.set('key', key);
  params.set('direction', state.direction);
  params.set('target', target);
  return params.toString();
}

/** Choke points are those of the whole reach, before anything is taken away, so that the list stays while one tries. */
export function chokeQuestion(state: GraphState, key: string): string {
  const params = scopeParams({ ...state, withoutEdges: [], withoutNodes: [], hops: null });
  params.set('key', key);
  return params.toString();
}

export function pathQuestion(state: GraphState, from: string, to: string): string {
  const params = scopeParams({ ...state, hops: null, withoutEdges: [], withoutNodes: [] });
  params.set('from', from);
  params.set('to', to);
  params.set('paths', String(state.paths));
  if (state.avoid.length > 0) params.set('avoidKinds', state.avoid.join(','));
  return params.toString();
}

export function neighbourQuestion({ key, direction }: Pick<Opened, 'key' | 'direction'>): string {
  return new URLSearchParams({ key, direction, limit: String(NEIGHBOURS_MAX) }).toString();
}
