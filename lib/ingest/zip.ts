import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Allowance, Document } from './containers.ts';
import { FileProblem } from './file-problem.ts';

export const isZip = (head: Buffer): boolean =>
  head.length >= 4 &&
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  (head[2] === 3 || head[2] === 5) &&
  (head[3] === 4 || head[3] === 6);

/** The files of a zip archive in its own order. An archive within a stream is first written to a temporary file, as zip keeps its list at the end. */
export async function* zipDocuments(archive: Document, allowance: Allowance): AsyncGenerator<Document> {
  const spooled = archive.file === null ? await spool(archive, allowance) : null;
  try {
    const zip = await openArchive(archive.name, spooled?.file ?? archive.file?.path ?? '');
    try {
      yield* entries(zip, archive.name, allowance);
    } finally {
      zip.close();
    }
  } finally {
    if (spooled) await rm(spooled.folder, { recursive: true, force: true });
  }
}

async function spool(archive: Document, allowance: Allowance): Promise<{ file: string; folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bailiwick-zip-'));
  const file = path.join(folder, 'archive.zip');
  let size = 0;
  const capped = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of archive.bytes) {
      size += chunk.length;
      if (size > allowance.limits.documentBytes)
        throw new FileProblem(`${archive.name} is larger than ${allowance.limits.documentBytes} bytes.`);
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.from(capped(), { objectMode: false }), createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { file, folder };
}

async function openArchive(name: string, file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false });
  } catch (cause) {
    throw new FileProblem(`${name} is not a whole zip archive: ${reasonOf(cause)}.`, { cause });
  }
}

async function* entries(zip: ZipFile, name: string, allowance: Allowance): AsyncGenerator<Document> {
  if (zip.entryCount > allowance.limits.entries)
    throw new FileProblem(
      `${name} lists ${zip.entryCount} files; more than ${allowance.limits.entries} are refused.`,
    );
  try {
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      const document = await entryDocument(zip, entry, name, allowance);
      if (document !== null) yield document;
    }
  } catch (error) {
    if (error instanceof FileProblem || !isArchiveError(error)) throw error;
    throw new FileProblem(`${name} is damaged: ${reasonOf(error)}.`, { cause: error });
  }
}

async function entryDocument(
  zip: ZipFile,
  entry: Entry,
  archive: string,
  { limits, onDelivered }: Allowance,
): Promise<Document | null> {
  const name = `${archive}/${entry.fileName}`;
  if (entry.fileName.endsWith('/') || isSideFile(entry.fileName)) return null;
  if (entry.isEncrypted()) throw new FileProblem(`${name} is encrypted. Unpack it first.`);
  // The upper half of the attributes is the Unix mode; a link (0o120000) could point out of the archive.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    throw new FileProblem(`${name} is a link. Archives with links are refused.`);
  if (
    entry.uncompressedSize > limits.ratioFreeBytes &&
    entry.uncompressedSize > entry.compressedSize * limits.ratio
  )
    throw new FileProblem(`${name} unpacks to more than ${limits.ratio} times its size. That is refused.`);
  onDelivered(entry.compressedSize);
  const stream = (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
  return { name, bytes: entryBytes(name, stream), file: null };
}

async function* entryBytes(name: string, stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof FileProblem || !isArchiveError(error)) throw error;
    throw new FileProblem(`${name} is damaged: ${reasonOf(error)}.`, { cause: error });
  }
}

/** What file managers put beside the files. */
const isSideFile = (name: string): boolean => /(^|\/)(__MACOSX\/|\.[^/]*$)/.test(name);

/** yauzl throws plain errors for a damaged archive, and its inflate stream throws zlib's. */
function isArchiveError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return error instanceof Error && (code === undefined || code.startsWith('Z_'));
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown damage');
