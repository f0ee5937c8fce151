import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { FileProblem } from './file-problem.ts';
import { gunzipped } from './gunzipped.ts';
import type { Limits } from './limits.ts';
import { peek } from './peek.ts';
import { isZip, zipDocuments } from './zip.ts';

/** One named stream of bytes as it stood in a file, a folder, an archive or a stream; decompressed, not decoded. */
export type Document = {
  /** Path inside the upload; data from outside, for display only. */
  name: string;
  bytes: AsyncIterable<Buffer>;
  /** The file on disk whose content this document is, where it is one; lets a file that is known be skipped unread. */
  file: { path: string; size: number } | null;
};

/** What an import is made from: paths on this machine, or one stream. */
export type InputSource = { path: string; name?: string } | { stream: AsyncIterable<Buffer>; name: string };

/** Counts what has come out of one import, so that its limits hold over all documents together. */
export class Allowance {
  #bytes = 0;
  #entries = 0;

  readonly limits: Limits;
  /** Told of every byte as delivered, before decompression. */
  readonly onDelivered: (bytes: number) => void;

  constructor(limits: Limits, onDelivered: (bytes: number) => void = () => undefined) {
    this.limits = limits;
    this.onDelivered = onDelivered;
  }

  takeBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > this.limits.totalBytes)
      throw new FileProblem(
        `The import holds more than ${this.limits.totalBytes} bytes after decompression.`,
      );
  }

  takeEntry(): void {
    this.#entries += 1;
    if (this.#entries > this.limits.entries)
      throw new FileProblem(`The import holds more than ${this.limits.entries} files. Import it in parts.`);
  }
}

/**
 * Every document of the inputs, one after the other: files, folders (in order of name), `.zip` by its first bytes, gzip by
 * its first bytes. A document must be read to its end, or left, before the next is asked for.
 */
export async function* documents(
  inputs: readonly InputSource[],
  allowance: Allowance,
): AsyncGenerator<Document> {
  for (const input of inputs) {
    if ('stream' in input) {
      const bytes = delivered(input.stream, allowance);
      yield* opened({ name: input.name, bytes, file: null }, allowance, 0);
    } else yield* fromPath(input.path, input.name ?? path.basename(input.path), allowance);
  }
}

async function* fromPath(file: string, name: string, allowance: Allowance): AsyncGenerator<Document> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new AppError('invalid_input', `${name} cannot be read: ${reasonOf(cause)}.`, { cause });
  });
  if (found.isDirectory()) yield* fromFolder(file, name, allowance);
  else if (found.isFile()) {
    const stream = createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
    yield* opened(
      { name, bytes: delivered(stream, allowance), file: { path: file, size: found.size } },
      allowance,
      0,
    );
  } else throw new AppError('invalid_input', `${name} is neither a file nor a folder.`);
}

async function* fromFolder(folder: string, name: string, allowance: Allowance): AsyncGenerator<Document> {
  const names: { name: string; isDirectory: boolean }[] = [];
  // Links are left out: they could lead anywhere on this machine, or in a circle.
  for await (const entry of await opendir(folder)) {
    if (!entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
      names.push({ name: entry.name, isDirectory: entry.isDirectory() });
    if (names.length > allowance.limits.entries) allowance.takeEntry();
  }
  names.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of names)
    yield* fromPath(path.join(folder, entry.name), `${name}/${entry.name}`, allowance);
}

async function* opened(document: Document, allowance: Allowance, nesting: number): AsyncGenerator<Document> {
  const { head, rest } = await peek(document.bytes, 4);
  if (isZip(head)) {
    if (nesting > allowance.limits.nesting)
      throw new FileProblem(
        `${document.name} holds archives within archives within archives. Unpack it first.`,
      );
    for await (const entry of zipDocuments({ ...document, bytes: rest }, allowance))
      yield* opened(entry, allowance, nesting + 1);
    return;
  }
  allowance.takeEntry();
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const plain = isGzip ? gunzipped(document.name, rest, allowance.limits) : rest;
  const name = isGzip ? document.name.replace(/\.gz$/i, '') : document.name;
  if (!isGzip) {
    yield { name, bytes: metered(plain, name, allowance), file: document.file };
    return;
  }
  const inner = await peek(metered(plain, name, allowance), 4);
  if (isZip(inner.head) || (inner.head[0] === 0x1f && inner.head[1] === 0x8b))
    throw new FileProblem(`${document.name} holds an archive within gzip. Unpack it first.`);
  yield { name, bytes: inner.rest, file: document.file };
}

async function* delivered(bytes: AsyncIterable<Buffer>, allowance: Allowance): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    allowance.onDelivered(chunk.length);
    yield chunk;
  }
}

async function* metered(
  bytes: AsyncIterable<Buffer>,
  name: string,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > allowance.limits.documentBytes)
      throw new FileProblem(
        `${name} holds more than ${allowance.limits.documentBytes} bytes after decompression.`,
      );
    allowance.takeBytes(chunk.length);
    yield chunk;
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'access is denied';
  return code ?? 'unknown error';
}
