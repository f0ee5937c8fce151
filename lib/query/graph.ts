import { queryOptions } from '@tanstack/react-query';
import {
  chokeView,
  drawView,
  neighbourView,
  pathView,
  reachView,
  searchView,
  widestView,
} from '#lib/exposure/schema.ts';
import { fetchJson, type JsonRequest } from './fetch-json.ts';

function graphQuery<T>(name: string, question: string, output: JsonRequest<T>['output']) {
  return queryOptions({
    queryKey: ['graph', name, question],
    queryFn: ({ signal }) => fetchJson(`/api/v1/graph/${name}?${question}`, { output, signal }),
  });
}

/** The reach as a picture: nodes and the edges of their paths. */
export const drawGraphQuery = (question: string) => graphQuery('draw', question, drawView);
/** One page of the reached nodes. */
export const reachQuery = (question: string) => graphQuery('reach', question, reachView);
/** The path by which a reach holds a node. */
export const whyQuery = (question: string) => graphQuery('why', question, pathView);
export const pathsQuery = (question: string) => graphQuery('path', question, pathView);
export const chokePointsQuery = (question: string) => graphQuery('choke-points', question, chokeView);
export const neighboursQuery = (question: string) => graphQuery('neighbours', question, neighbourView);
export const widestQuery = (limit: number) =>
  graphQuery('widest', new URLSearchParams({ limit: String(limit) }).toString(), widestView);
/** Nodes whose name, key, ARN or SPIFFE id matches, best first. */
export const searchGraphQuery = (text: string) =>
  queryOptions({
    queryKey: ['graph', 'search', text],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/search?${new URLSearchParams({ q: text }).toString()}`, {
        output: searchView,
        signal,
      }),
  });
