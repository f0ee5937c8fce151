import type { Actor } from '#lib/authz/actor.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { db } from '#lib/db/client.ts';
import type { ImportOptions } from './options.ts';

export type OpenedRun = {
  id: number;
  publicId: string;
  sourceId: string;
  sourceName: string;
  isAuthoritative: boolean;
  asOf: Date;
};

/** The source of this name, made when it is new. A token that is limited to some sources may neither use nor make others. */
export async function ensureSource(
  actor: Actor,
  name: string,
): Promise<{ id: string; name: string; ownershipAuthoritative: boolean }> {
  const known = await db().source.findUnique({ where: { name } });
  if (actor.sourceIds !== null && !(known && actor.sourceIds.includes(known.id))) throw notFound('source');
  if (known) return known;
  // Two imports may make the same source at once; the ORM's upsert would fail one of them.
  await db().source.createMany({ data: [{ id: newId('src'), name }], skipDuplicates: true });
  return db().source.findUniqueOrThrow({ where: { name } });
}

/** A new run of the source, in state `queued` or `reading`. */
export async function openRun(
  actor: Actor,
  sourceName: string,
  format: string,
  options: ImportOptions,
  extra: { state: 'queued' | 'reading'; upload?: string; bytesTotal: number },
): Promise<OpenedRun> {
  const source = await ensureSource(actor, sourceName);
  const asOf = options.asOf === undefined ? new Date() : new Date(options.asOf);
  if (asOf.getTime() > Date.now() + 24 * 3600 * 1000)
    throw new AppError('invalid_input', 'The time that the input is of lies in the future.');
  const run = await db().run.create({
    data: {
      publicId: newId('run'),
      sourceId: source.id,
      format,
      state: extra.state,
      dryRun: options.dryRun,
      asOf,
      startedBy: actor.id,
      bytesTotal: BigInt(extra.bytesTotal),
      options: { ...options, ...(extra.upload === undefined ? {} : { upload: extra.upload }) },
    },
  });
  return {
    id: run.id,
    publicId: run.publicId,
    sourceId: source.id,
    sourceName: source.name,
    isAuthoritative: source.ownershipAuthoritative,
    asOf,
  };
}
