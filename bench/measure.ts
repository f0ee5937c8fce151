import { arch, cpus, platform, totalmem } from 'node:os';

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds that a call takes, and what it returned. */
export function timed<T>(call: () => T): { ms: number; value: T } {
  const start = performance.now();
  const value = call();
  return { ms: performance.now() - start, value };
}

export const machine = () => ({
  platform: `${platform()} ${arch()}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
});

/** A wrong answer fails the benchmark: a fast wrong answer is worth nothing. */
export function mustEqual(what: string, got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`Wrong answer, ${what}: got ${a}, expected ${b}.`);
}

/** Figures by id, with the unrounded medians that they were made of. */
export class Figures {
  readonly ratios = new Map<string, number>();
  readonly details = new Map<string, number>();

  ratio(id: string, value: number): void {
    this.ratios.set(id, Number(value.toPrecision(3)));
  }

  detail(id: string, value: number): void {
    this.details.set(id, Number(value.toPrecision(4)));
  }
}
