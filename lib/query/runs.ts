import { queryOptions } from '@tanstack/react-query';
import { runResultSchema, type RunResult } from '#lib/ingest/run-result.ts';
import { rejectionList, runList, runView, type RunView } from '#lib/ingest/view-schema.ts';
import { fetchJson } from './fetch-json.ts';

const LOOK_AGAIN_MS = 700;

/** The run is being read or committed, and its counts still move. */
export const isUnderWay = ({ state }: Pick<RunView, 'state'>): boolean =>
  state === 'queued' || state === 'reading' || state === 'checking' || state === 'committing';

/** One run, looked at again and again while it is under way. */
export function runById(run: string) {
  return queryOptions({
    queryKey: ['runs', 'one', run],
    queryFn: ({ signal }) => fetchJson(`/api/v1/runs/${run}`, { output: runView, signal }),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : LOOK_AGAIN_MS),
  });
}

/** A page of runs of one source; `query` as the table writes it. */
export function runPage(source: string, query: string) {
  return queryOptions({
    queryKey: ['runs', 'list', source, query],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/runs?source=${encodeURIComponent(source)}&${query}`, { output: runList, signal }),
    refetchInterval: ({ state }) => (state.data?.rows.some(isUnderWay) === true ? LOOK_AGAIN_MS : false),
  });
}

/** Every run that came from one upload. */
export function runsOfUpload(upload: string) {
  return queryOptions({
    queryKey: ['runs', 'upload', upload],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/runs?upload=${encodeURIComponent(upload)}&size=100`, { output: runList, signal }),
  });
}

/** A page of a run's rejected records. */
export function rejectionPage(run: string, query: string) {
  return queryOptions({
    queryKey: ['runs', 'rejections', run, query],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/runs/${run}/rejections?${query}`, { output: rejectionList, signal }),
  });
}

export const confirmRun = (run: string): Promise<RunResult> =>
  fetchJson(`/api/v1/runs/${run}/confirm`, { method: 'POST', output: runResultSchema });

export const cancelRun = (run: string): Promise<RunResult> =>
  fetchJson(`/api/v1/runs/${run}/cancel`, { method: 'POST', output: runResultSchema });

export const undoRun = (run: string, reason: string): Promise<RunResult> =>
  fetchJson(`/api/v1/runs/${run}/undo`, { method: 'POST', body: { reason }, output: runResultSchema });
