import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);
/** Compressing runs beside the making of records; more at once only costs memory. */
const AT_ONCE = 4;

/** The folder that is written to: counts files and bytes and keeps a digest per file. */
export class Output {
  readonly #directory: string;
  readonly #pending = new Set<Promise<void>>();
  readonly digests = new Map<string, string>();
  bytes = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Takes away what an earlier run wrote, so that no file of another date stays among the new ones. A folder with
   * anything else in it is left alone.
   */
  async prepare(folders: readonly string[], mark: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const present = await readdir(this.#directory);
    if (present.length === 0) return;
    if (!present.includes(mark))
      throw new Error(`${this.#directory} holds other files; name an empty folder. Nothing was written.`);
    for (const folder of folders) await rm(join(this.#directory, folder), { recursive: true, force: true });
  }

  async text(path: string, content: string): Promise<void> {
    await this.#write(path, Buffer.from(content));
  }

  async json(path: string, value: unknown): Promise<void> {
    await this.text(path, `${JSON.stringify(value, null, 2)}\n`);
  }

  /** Returns once there is room for one more; `settle` waits for all of them. */
  async gzipped(path: string, content: string): Promise<void> {
    const job = compress(Buffer.from(content), { level: 6 }).then((bytes) => this.#write(path, bytes));
    this.#pending.add(job);
    void job.finally(() => this.#pending.delete(job)).catch(() => undefined);
    if (this.#pending.size >= AT_ONCE) await Promise.race(this.#pending);
  }

  async settle(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** Writes line by line, so that the file never lies in memory whole. */
  async lines(path: string, lines: Iterable<string>): Promise<void> {
    const target = join(this.#directory, path);
    await mkdir(dirname(target), { recursive: true });
    const stream = createWriteStream(target);
    const hash: Hash = createHash('sha256');
    for (const line of lines) {
      const text = `${line}\n`;
      hash.update(text);
      this.bytes += Buffer.byteLength(text);
      if (!stream.write(text)) await once(stream, 'drain');
    }
    stream.end();
    await finished(stream);
    this.digests.set(path, hash.digest('hex'));
  }

  async #write(path: string, bytes: Buffer): Promise<void> {
    const target = join(this.#directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
    this.bytes += bytes.length;
    this.digests.set(path, createHash('sha256').update(bytes).digest('hex'));
  }
}
