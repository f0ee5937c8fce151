import { assertMay, may, type Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { CONNECTORS } from '#lib/connectors/registry.ts';
import { db } from '#lib/db/client.ts';
import type { Prisma, Run, RunFile, Source } from '#lib/db/generated/client.ts';
import { readSummary } from './read-run-result.ts';
import type { RejectionsQuery, RejectionView, RunsQuery, RunView } from './view-schema.ts';

const PROBLEMS_SHOWN = 100;
const WITH = {
  source: true,
  files: { where: { problem: { not: null } }, take: PROBLEMS_SHOWN, orderBy: { id: 'asc' } },
} as const satisfies Prisma.RunInclude;

type WithSource = Run & { source: Source; files: RunFile[] };

export async function listRuns(actor: Actor, query: RunsQuery): Promise<{ rows: RunView[]; total: number }> {
  assertMay(actor, 'source.read');
  const where: Prisma.RunWhereInput = {
    ...visible(actor, query.source),
    ...(query.state.length > 0 ? { state: { in: query.state } } : {}),
    ...(query.upload === undefined ? {} : { options: { path: ['upload'], equals: query.upload } }),
  };
  const direction = query.sort.isDescending ? 'desc' : 'asc';
  const [rows, total] = await Promise.all([
    db().run.findMany({
      where,
      include: WITH,
      orderBy: [{ [query.sort.column]: direction }, { id: direction }],
      take: query.size,
      skip: (query.page - 1) * query.size,
    }),
    db().run.count({ where }),
  ]);
  const names = await namesOf(rows);
  return { rows: rows.map((row) => viewOf(row, names)), total };
}

/** Whoever reads sources, and whoever pushed: a token that may only write hears how its own run went. */
function assertMayReadRuns(actor: Actor): void {
  if (!may(actor, 'ingest.write')) assertMay(actor, 'source.read');
}

export async function readRun(actor: Actor, publicId: string): Promise<RunView> {
  assertMayReadRuns(actor);
  const run = await db().run.findFirst({ where: { ...visible(actor), publicId }, include: WITH });
  if (!run) throw notFound('run');
  return viewOf(run, await namesOf([run]));
}

export async function listRejections(
  actor: Actor,
  publicId: string,
  query: RejectionsQuery,
): Promise<{ rows: RejectionView[]; total: number }> {
  assertMayReadRuns(actor);
  const run = await db().run.findFirst({ where: { ...visible(actor), publicId } });
  if (!run) throw notFound('run');
  const where: Prisma.RejectionWhereInput = {
    runId: run.id,
    ...(query.q === ''
      ? {}
      : { OR: [{ file: { contains: query.q } }, { reason: { contains: query.q, mode: 'insensitive' } }] }),
  };
  const direction = query.sort.isDescending ? 'desc' : 'asc';
  const [rows, total] = await Promise.all([
    db().rejection.findMany({
      where,
      orderBy:
        query.sort.column === 'number'
          ? { id: direction }
          : [{ [query.sort.column]: direction }, { id: 'asc' }],
      take: query.size,
      skip: (query.page - 1) * query.size,
    }),
    db().rejection.count({ where }),
  ]);
  return {
    rows: rows.map(({ id, file, number, reason, excerpt, replayed }) => ({
      ...{ id: String(id), file, number: Number(number), reason, excerpt },
      replayedAt: replayed?.toISOString() ?? null,
    })),
    total,
  };
}

/** A token that is limited to some sources sees the runs of those. */
function visible(actor: Actor, source?: string): Prisma.RunWhereInput {
  const allowed = actor.sourceIds === null ? undefined : [...actor.sourceIds];
  if (source === undefined) return allowed === undefined ? {} : { sourceId: { in: allowed } };
  return { sourceId: allowed === undefined || allowed.includes(source) ? source : '' };
}

async function namesOf(runs: readonly Run[]): Promise<Map<string, string>> {
  const ids = [...new Set(runs.map((run) => run.startedBy))];
  const [users, tokens] = await Promise.all([
    db().user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
    db().apiToken.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
  ]);
  const known: [string, string][] = [...users, ...tokens].map(({ id, name }) => [id, name]);
  return new Map([['cli', 'Command line'], ['system', 'Bailiwick'], ...known]);
}

export const formatTitle = (format: string): string =>
  CONNECTORS.find((connector) => connector.name === format)?.title ?? format;

function viewOf(run: WithSource, names: ReadonlyMap<string, string>): RunView {
  const tookEffect = (run.state === 'done' || run.state === 'unchanged') && !run.dryRun;
  const isDryRun = run.dryRun && (run.state === 'done' || run.state === 'unchanged');
  const waits = run.state === 'needs_confirmation';
  const { upload } = run.options as { upload?: string };
  return {
    run: run.publicId,
    source: { id: run.source.id, name: run.source.name },
    ...{ format: run.format, formatTitle: formatTitle(run.format), state: run.state, dryRun: run.dryRun },
    ...{ message: run.message, records: Number(run.records), accepted: Number(run.accepted) },
    ...{ duplicate: Number(run.duplicate), rejected: Number(run.rejected) },
    ...readSummary(run.summary),
    startedBy: names.get(run.startedBy) ?? 'Somebody who is gone',
    ...{ asOf: run.asOf.toISOString(), startedAt: run.startedAt.toISOString() },
    finishedAt: run.finishedAt?.toISOString() ?? null,
    ...{ bytesTotal: Number(run.bytesTotal), bytesRead: Number(run.bytesRead) },
    confirmable: waits || isDryRun,
    cancellable:
      waits || isDryRun || run.state === 'queued' || run.state === 'reading' || run.state === 'checking',
    undoable: tookEffect && run.state === 'done',
    problems: run.files.map(({ name, problem }) => ({ file: name, problem: problem ?? '' })),
    upload: upload ?? null,
  };
}
