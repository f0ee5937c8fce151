import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Actor } from '#lib/authz/actor.ts';
import { newId } from '#lib/core/ids.ts';
import { db } from '#lib/db/client.ts';
import { homePath } from '#lib/env.ts';
import { importInput } from '#lib/ingest/import.ts';
import type { RunResult } from '#lib/ingest/run-result.ts';
import { generateSample, type SampleImport } from '#prisma/sample/generate.ts';

const SEED = 7;
const SETTING = 'sample';
const DAY_MS = 86_400_000;

export type SampleStep = { source: string; position: number; total: number };

/** Formats that are complete snapshots when somebody exports them as the sample's files are. */
const isSnapshot = (format: string): boolean => format !== 'aws-cloudtrail' && format !== 'bailiwick';

/**
 * Writes the sample organisation's files and imports them one source after the other, through the same path as any other
 * file. Safe to run again: what is there already is known. Returns false when it had been loaded before.
 */
export async function loadSample(
  actor: Actor,
  onStep: (step: SampleStep) => void,
  onDone: (step: SampleStep, run: RunResult) => void,
): Promise<boolean> {
  if (await isSampleLoaded()) return false;
  const directory = homePath('sample');
  const today = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const { imports } = await generateSample({ directory, seed: SEED, asOf: today, snapshot: 'now' });
  await trustCatalogue(imports);
  const ordered = [...imports].sort((a, b) => rank(a) - rank(b));
  for (const [index, step] of ordered.entries()) {
    const told = { source: step.source, position: index + 1, total: ordered.length };
    onStep(told);
    for (const run of await importStep(actor, directory, step)) onDone(told, run);
  }
  await db().setting.create({ data: { name: SETTING, value: { seed: SEED, asOf: today.toISOString() } } });
  await rm(directory, { recursive: true, force: true });
  return true;
}

/** The company lets its service catalogue say who owns what is in it; what other sources hint at is asked. */
async function trustCatalogue(imports: readonly SampleImport[]): Promise<void> {
  for (const { source } of imports.filter(({ format }) => format === 'backstage')) {
    const create = { id: newId('src'), name: source, ownershipAuthoritative: true };
    await db().source.upsert({ where: { name: source }, create, update: {} });
  }
}

export async function isSampleLoaded(): Promise<boolean> {
  return (await db().setting.count({ where: { name: SETTING } })) > 0;
}

async function importStep(actor: Actor, directory: string, step: SampleImport): Promise<RunResult[]> {
  const { runs } = await importInput(actor, {
    inputs: step.paths.map((inside) => ({ path: path.join(directory, inside) })),
    options: {
      sourceName: step.source,
      format: step.format,
      complete: isSnapshot(step.format),
      defaults: {
        ...(step.tenant === undefined ? {} : { tenant: step.tenant }),
        ...(step.environment === undefined ? {} : { environment: step.environment as 'production' }),
      },
    },
  });
  return runs;
}

/** Who is who first, then what may be done, then what was done. */
const rank = ({ source, format }: SampleImport): number =>
  source === 'register'
    ? 0
    : format === 'backstage'
      ? 1
      : format === 'aws-cloudtrail'
        ? 9
        : format === 'bailiwick'
          ? 8
          : 2;
