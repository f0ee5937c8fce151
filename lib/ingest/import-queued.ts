import { rm } from 'node:fs/promises';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { importInput } from './import.ts';
import { importOptionsSchema } from './options.ts';
import { takeLease } from './run-lease.ts';
import { uploadFolder } from './upload-folder.ts';
import { readUploadedNames } from './receive-upload.ts';

/**
 * Imports the upload of a queued run. The job may be delivered twice, or to two workers at once: the lease lets one work,
 * and a run that is no longer queued is left alone. What a person must see stands on the run, so only an unforeseen
 * error is thrown, for the queue to try again.
 */
export async function importQueued(publicId: string): Promise<void> {
  const run = await db().run.findUnique({ where: { publicId }, include: { source: true } });
  if (run === null) return;
  const lease = await takeLease(run.id);
  if (lease === null) return;
  try {
    const claimed = await db().run.updateMany({
      where: { id: run.id, state: 'queued' },
      data: { state: 'reading' },
    });
    if (claimed.count === 0) return;
    const { upload } = run.options as { upload?: string };
    if (upload === undefined) throw new AppError('internal', 'The run has no upload.');
    const options = importOptionsSchema.parse(run.options);
    const queued = {
      ...{ id: run.id, publicId, sourceId: run.sourceId, sourceName: run.source.name, asOf: run.asOf },
      isAuthoritative: run.source.ownershipAuthoritative,
    };
    await importInput(actorOf(run.startedBy), {
      inputs: await readUploadedNames(upload),
      options,
      queued,
      upload,
    }).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
    await rm(uploadFolder(upload), { recursive: true, force: true });
  } finally {
    await lease.release();
  }
}

/** The work is done by the system, in the name of whoever started it, who was authorised when the upload was taken. */
function actorOf(startedBy: string): Actor {
  return { ...systemActor('system', 'Import worker'), requestId: null, id: startedBy };
}
