import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Actor } from '#lib/authz/actor.ts';
import { assertMay } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { db } from '#lib/db/client.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { Allowance, documents, type InputSource } from './containers.ts';
import { decoded } from './decode.ts';
import { FileProblem } from './file-problem.ts';
import { statedHeader, tableReading } from './import-session.ts';
import { LIMITS, SAMPLE_BYTES } from './limits.ts';
import { openRun } from './open-run.ts';
import { importOptionsSchema, type ImportOptionsInput } from './options.ts';
import { peek } from './peek.ts';
import { chooseWithMapping, type TableReading } from './csv-mapping.ts';
import { uploadFolder } from './upload-folder.ts';

/** Bytes of one upload as delivered. */
export const UPLOAD_BYTES_MAX = 4 * 1024 ** 3;
const FILES_MAX = 5_000;
const NAMES_FILE = 'names.json';
/** Documents looked at to find one that is readable before the upload is taken. */
const LOOKED_AT_MAX = 200;

export type UploadedFile = { name: string; bytes: AsyncIterable<Uint8Array> };

export type StoredUpload = { upload: string; bytes: number; sha256: string };

/**
 * Takes an upload: streams its files to a folder of its own under names of our own. Throws rate_limited when too many
 * imports wait, too_large beyond the cap; nothing is kept then.
 */
export async function storeUpload(actor: Actor, files: AsyncIterable<UploadedFile>): Promise<StoredUpload> {
  assertMay(actor, actor.kind === 'token' ? 'ingest.write' : 'source.manage');
  await assertRoom();
  const upload = newId('upl');
  const folder = uploadFolder(upload);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return { upload, ...(await store(folder, files)) };
  } catch (error) {
    await dropUpload(upload);
    throw error;
  }
}

export const dropUpload = (upload: string): Promise<void> =>
  rm(uploadFolder(upload), { recursive: true, force: true });

/**
 * Finds out what a stored upload is, and makes the run that a worker will read. Throws invalid_input when nothing in it is
 * of a known format; the upload is dropped then.
 */
export async function queueUpload(
  actor: Actor,
  { upload, bytes }: StoredUpload,
  input: ImportOptionsInput,
): Promise<{ run: string; upload: string; source: string; format: string }> {
  try {
    const options = importOptionsSchema.parse(input);
    const { connector, stated } = await firstReadable(
      await readUploadedNames(upload),
      options.format,
      await tableReading(options),
    );
    const source = options.sourceName ?? stated?.source ?? connector.title;
    const asOf = options.asOf ?? stated?.asOf;
    const effective = { ...options, ...(asOf === undefined ? {} : { asOf }) };
    const extra = { state: 'queued' as const, upload, bytesTotal: bytes };
    const run = await openRun(actor, source, connector.name, effective, extra);
    await enqueue('import-run', { run: run.publicId }, run.publicId);
    return { run: run.publicId, upload, source, format: connector.name };
  } catch (error) {
    await dropUpload(upload);
    throw error instanceof FileProblem
      ? new AppError('invalid_input', `${error.message} Nothing was imported.`)
      : error;
  }
}

/** Imports that may wait or be under way at once, whoever sent them. */
const UNFINISHED_MAX = 100;

async function assertRoom(): Promise<void> {
  const unfinished = await db().run.count({ where: { state: { in: ['queued', 'reading'] } } });
  if (unfinished >= UNFINISHED_MAX)
    throw new AppError('rate_limited', 'Too many imports are waiting. Try again in half a minute.');
}

async function store(
  folder: string,
  files: AsyncIterable<UploadedFile>,
): Promise<{ bytes: number; sha256: string }> {
  const names: string[] = [];
  let size = 0;
  const sum = createHash('sha256');
  const capped = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > UPLOAD_BYTES_MAX)
        throw new AppError(
          'too_large',
          `The upload is larger than ${UPLOAD_BYTES_MAX} bytes. Use the command line.`,
        );
      sum.update(chunk);
      yield chunk;
    }
  };
  for await (const file of files) {
    if (names.length >= FILES_MAX)
      throw new AppError('too_large', `More than ${FILES_MAX} files at once. Pack them into a zip archive.`);
    const target = path.join(folder, String(names.length));
    await pipeline(
      Readable.from(capped(file.bytes), { objectMode: false }),
      createWriteStream(target, { mode: 0o600 }),
    );
    names.push(file.name.slice(0, 500).toWellFormed().replaceAll('\0', ''));
  }
  if (names.length === 0) throw new AppError('invalid_input', 'There is no file in the upload.');
  await writeFile(path.join(folder, NAMES_FILE), JSON.stringify(names), { mode: 0o600 });
  return { bytes: size, sha256: sum.digest('hex') };
}

/** The stored files of an upload under the names that they came with. */
export async function readUploadedNames(upload: string): Promise<InputSource[]> {
  const folder = uploadFolder(upload);
  const names = z.array(z.string()).parse(JSON.parse(await readFile(path.join(folder, NAMES_FILE), 'utf8')));
  return names.map((name, index) => ({
    path: path.join(folder, String(index)),
    name: name === '' ? 'input' : name,
  }));
}

async function firstReadable(inputs: readonly InputSource[], format: string, tables: TableReading) {
  let firstProblem: string | null = null;
  let looked = 0;
  for await (const document of documents(inputs, new Allowance(LIMITS))) {
    const { head, rest } = await peek(decoded(document.bytes), SAMPLE_BYTES);
    await rest[Symbol.asyncIterator]().return?.();
    const text = head.toString('utf8');
    const chosen = chooseWithMapping(format, document.name, text, tables);
    if (!('problem' in chosen)) {
      const stated = chosen.connector.name === 'bailiwick' ? statedHeader(document.name, text) : null;
      return { connector: chosen.connector, stated };
    }
    firstProblem ??= `${document.name}: ${chosen.problem}`;
    if (++looked >= LOOKED_AT_MAX) break;
  }
  throw new FileProblem(firstProblem ?? 'There is no file in the upload.');
}
