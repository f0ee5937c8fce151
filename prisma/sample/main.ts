import { parseArgs } from 'node:util';
import { generateSample, SNAPSHOTS, type SampleOptions, type Snapshot } from './generate.ts';

const USAGE = `Writes the sample organisation, Meridian Freight, in the formats of its sources.

  node prisma/sample/main.ts --out DIR [--seed 7] [--as-of 2026-11-19] [--snapshot now|later]

  --out       folder to write to; it is made when it is missing
  --seed      whole number; the same seed and date give the same files (7)
  --as-of     the day before which the 90 days of logs end (today)
  --snapshot  later: the inventory alone, after two revocations and a few changes (now)
`;

/** Reads the command line; throws with a sentence for the person who typed it. */
function readOptions(): SampleOptions | null {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '7' },
      'as-of': { type: 'string' },
      snapshot: { type: 'string', default: 'now' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values.out === undefined) throw new Error('Say where to write: --out DIR.');
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error('--seed must be a whole number.');
  const snapshot = SNAPSHOTS.find((name): name is Snapshot => name === values.snapshot);
  if (!snapshot) throw new Error('--snapshot must be now or later.');
  return { directory: values.out, seed, asOf: readDay(values['as-of']), snapshot };
}

function readDay(text: string | undefined): Date {
  if (text === undefined) return new Date();
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()))
    throw new Error('--as-of must be a day such as 2026-11-19.');
  return date;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    process.stdout.write(USAGE);
    return;
  }
  const { files, bytes, counts } = await generateSample(options);
  process.stdout.write(
    `Wrote ${files.size} files, ${(bytes / 1e6).toFixed(1)} MB, to ${options.directory}.\n${JSON.stringify(counts)}\n`,
  );
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
}
