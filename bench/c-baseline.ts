import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Snapshot } from '#lib/graph/snapshot.ts';

export type BaselineAnswer = { ms: number; reached: number; distanceSum: number };

/** bfs.c, compiled in this run, over a snapshot whose nodes are all plain. */
export class CBaseline {
  readonly #folder: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  /** Null where there is no C compiler; the ratios against it are then left out. */
  static start(snapshot: Snapshot): CBaseline | null {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
    const program = path.join(folder, 'bfs');
    const source = path.resolve(import.meta.dirname, 'bfs.c');
    const compiled = spawnSync('cc', ['-O3', '-march=native', '-o', program, source], { stdio: 'ignore' });
    if (compiled.status !== 0) {
      rmSync(folder, { recursive: true });
      return null;
    }
    return new CBaseline(folder, program, snapshot);
  }

  constructor(folder: string, program: string, snapshot: Snapshot) {
    const file = path.join(folder, 'graph.bin');
    const { out, in: incoming } = snapshot.parts;
    const count = snapshot.nodeCount;
    const offsets = (all: Int32Array) => all.slice(0, count + 1);
    const head = Int32Array.of(count, snapshot.edgeCount);
    for (const [i, array] of [
      head,
      offsets(out.offsets),
      out.targets,
      offsets(incoming.offsets),
      incoming.targets,
    ].entries()) {
      writeFileSync(file, new Uint8Array(array.buffer, array.byteOffset, array.byteLength), {
        flag: i === 0 ? 'w' : 'a',
      });
    }
    this.#folder = folder;
    this.#child = spawn(program, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** `queue` is the textbook search, `best` the bit-set and direction-optimising one. */
  async ask(how: 'queue' | 'best', start: number): Promise<BaselineAnswer> {
    this.#child.stdin.write(`${how} ${start}\n`);
    const line = await this.#lines.next();
    const [ms = NaN, reached = NaN, distanceSum = NaN] = line.done ? [] : line.value.split(' ').map(Number);
    return { ms, reached, distanceSum };
  }

  close(): void {
    this.#child.stdin.end();
    rmSync(this.#folder, { recursive: true });
  }
}
