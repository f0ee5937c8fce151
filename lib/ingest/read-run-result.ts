import { notFound } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { NO_CHANGES, runResultSchema, type RunResult } from './run-result.ts';

const FIRST_REJECTIONS = 10;

const summarySchema = runResultSchema
  .pick({ nodes: true, edges: true, derived: true, events: true, claims: true, unknown: true, scopes: true })
  .partial();

/** A run as it stands, with its first rejections and the files that were not read. */
export async function readRunResult(publicId: string): Promise<RunResult> {
  const run = await db().run.findUnique({
    where: { publicId },
    include: {
      source: true,
      rejects: { take: FIRST_REJECTIONS, orderBy: { id: 'asc' } },
      files: { where: { problem: { not: null } }, take: FIRST_REJECTIONS, orderBy: { id: 'asc' } },
    },
  });
  if (!run) throw notFound('run');
  const summary = readSummary(run.summary);
  return {
    run: run.publicId,
    source: run.source.name,
    ...{ format: run.format, state: run.state, dryRun: run.dryRun, message: run.message },
    ...{ records: Number(run.records), accepted: Number(run.accepted) },
    ...{ duplicate: Number(run.duplicate), rejected: Number(run.rejected) },
    ...summary,
    rejections: run.rejects.map(({ file, number, reason, excerpt }) => ({
      ...{ file, number: Number(number), reason, excerpt },
    })),
    problems: run.files.map(({ name, problem }) => ({ file: name, problem: problem ?? '' })),
  };
}

type Summary = Pick<RunResult, 'nodes' | 'edges' | 'derived' | 'events' | 'claims' | 'unknown' | 'scopes'>;

/** The counts that a run keeps in its summary; zeros while it has none. */
export function readSummary(value: unknown): Summary {
  const { data } = summarySchema.safeParse(value);
  return {
    nodes: data?.nodes ?? NO_CHANGES.nodes,
    edges: data?.edges ?? NO_CHANGES.edges,
    derived: data?.derived ?? NO_CHANGES.derived,
    events: data?.events ?? 0,
    claims: data?.claims ?? 0,
    unknown: data?.unknown ?? [],
    scopes: data?.scopes ?? [],
  };
}
