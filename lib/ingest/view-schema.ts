import { z } from 'zod';
import { filterOf, listQuery } from '#lib/core/list-query.ts';
import { RunState } from '#lib/db/generated/enums.ts';
import { runResultSchema } from './run-result.ts';

/** Shapes of the sources API. Client-safe. */
export const RUN_STATES = Object.values(RunState);
const runState = z.enum(RunState);
const time = z.string();

export const runView = runResultSchema
  .omit({ rejections: true, problems: true, source: true, state: true })
  .extend({
    source: z.object({ id: z.string(), name: z.string() }),
    formatTitle: z.string(),
    state: runState,
    asOf: time,
    startedBy: z.string(),
    startedAt: time,
    finishedAt: time.nullable(),
    bytesTotal: z.number(),
    bytesRead: z.number(),
    /** Can be made to take effect: a dry run, or one that waits for a yes. */
    confirmable: z.boolean(),
    cancellable: z.boolean(),
    undoable: z.boolean(),
    /** Files that were not read. */
    problems: z.array(z.object({ file: z.string(), problem: z.string() })),
    /** Other runs of the same upload. */
    upload: z.string().nullable(),
  });
export type RunView = z.infer<typeof runView>;

export const runList = z.object({ rows: z.array(runView), total: z.number() });
export const runsQuery = listQuery({
  sorts: ['startedAt', 'records', 'rejected'],
  isDescendingAtFirst: true,
  filters: {
    source: z.string().max(100).optional(),
    upload: z.string().max(100).optional(),
    state: filterOf(RUN_STATES),
  },
});
export type RunsQuery = z.output<typeof runsQuery>;

export const sourceView = z.object({
  id: z.string(),
  name: z.string(),
  format: z.string().nullable(),
  formatTitle: z.string().nullable(),
  ownershipAuthoritative: z.boolean(),
  createdAt: time,
  /** Last run that took effect or found everything known. */
  freshAt: time.nullable(),
  lastRun: z.object({ run: z.string(), state: runState, startedAt: time, rejected: z.number() }).nullable(),
  nodes: z.number(),
  edges: z.number(),
  events: z.number(),
  /** Records rejected and not replayed since. */
  rejected: z.number(),
});
export type SourceView = z.infer<typeof sourceView>;
export const sourceList = z.object({ rows: z.array(sourceView), total: z.number() });
export const sourcesQuery = listQuery({
  sorts: ['name', 'freshAt', 'nodes', 'edges', 'events', 'rejected'],
  filters: {},
});
export type SourcesQuery = z.output<typeof sourcesQuery>;

export const sourceDetail = sourceView.extend({
  scopes: z.array(z.object({ scope: z.string(), lastCompleteAt: time.nullable() })),
  /** What the source would have seen, per scope: spans put together, and the gaps between them. */
  windows: z.array(
    z.object({
      scope: z.string(),
      spans: z.array(z.object({ from: time, to: time })),
      gaps: z.array(z.object({ from: time, to: time })),
    }),
  ),
});
export type SourceDetail = z.infer<typeof sourceDetail>;

export const rejectionView = z.object({
  id: z.string(),
  file: z.string(),
  number: z.number(),
  reason: z.string(),
  excerpt: z.string(),
  replayedAt: time.nullable(),
});
export type RejectionView = z.infer<typeof rejectionView>;
export const rejectionList = z.object({ rows: z.array(rejectionView), total: z.number() });
export const rejectionsQuery = listQuery({ sorts: ['number', 'file', 'reason'], filters: {} });
export type RejectionsQuery = z.output<typeof rejectionsQuery>;

export const runParams = z.object({ run: z.string().regex(/^run_[0-9a-z]{1,40}$/) });
export const sourceParams = z.object({ sourceId: z.string().regex(/^src_[0-9a-z]{1,40}$/) });
export const undoInput = z.strictObject({ reason: z.string().trim().min(3).max(500) });
export const sourceChange = z.strictObject({ ownershipAuthoritative: z.boolean() });
export const queuedRun = z.object({
  run: z.string(),
  upload: z.string(),
  source: z.string(),
  format: z.string(),
});
