type Day = { day: string; allowed: number; refused: number };
type Size = { width: number; height: number; most: number };

export type Bar = Day & { x: number; width: number; step: number };

/** Days as bars of a drawing of this size; `allowed` and `refused` become heights, the gap is a fifth of a step. */
export function chartBars(days: readonly Day[], { width, height, most }: Size): Bar[] {
  const step = width / Math.max(1, days.length);
  return days.map(({ day, allowed, refused }, index) => ({
    day,
    x: index * step,
    step,
    width: step * 0.8,
    allowed: (allowed / most) * height,
    refused: (refused / most) * height,
  }));
}

/** The least of 1, 2, 5, 10, 20, 50, … that is not below the value. */
export function niceMaximum(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= value) ?? value;
}
