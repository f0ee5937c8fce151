import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { instanceTag, signingKey } from '#lib/auth/instance-keys.ts';
import { homePath } from '#lib/env.ts';
import { checkpointOrigin, openCheckpoint, signCheckpoint, type Checkpoint } from './checkpoint-note.ts';
import { everyRow, saveCheckpoint, storedCheckpoints } from './store.ts';
import { verifyChain, type ChainVerdict } from './verify.ts';

const FOLDER = 'checkpoints';

/**
 * Signs the state of the audit log and keeps the note in the database and as a file under BAILIWICK_HOME/checkpoints,
 * where whoever owns the database cannot reach. Writes nothing for a log that is broken or has not grown. Returns the note.
 */
export async function writeCheckpoint(): Promise<string | null> {
  const known = await storedCheckpoints();
  const verdict = await verifyChain(everyRow());
  const size = BigInt(verdict.rows);
  if (verdict.firstBad !== null || size === 0n || known.at(-1)?.size === size) return null;
  const root = (await verifyChain(everyRow(), [size])).roots.get(size);
  if (!root) return null;
  const origin = checkpointOrigin(instanceTag());
  const note = signCheckpoint({ origin, size, root }, signingKey());
  await writeOnce(size, note);
  await saveCheckpoint(size, root, note);
  return note;
}

async function writeOnce(size: bigint, note: string): Promise<void> {
  await mkdir(homePath(FOLDER), { recursive: true });
  const file = homePath(FOLDER, `${String(size).padStart(19, '0')}.txt`);
  try {
    await writeFile(file, note, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

export type KeptCheckpoints = { size: bigint; note: string; at: Date | null; where: 'database' | 'file' }[];

/** Every checkpoint that is kept, from both places. */
export async function keptCheckpoints(): Promise<KeptCheckpoints> {
  const stored = await storedCheckpoints();
  const names = await readdir(homePath(FOLDER)).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => /^\d{19}\.txt$/.test(name))
      .map(async (name) => {
        const note = await readFile(path.join(homePath(FOLDER), name), 'utf8');
        return { size: BigInt(name.slice(0, 19)), note, at: null, where: 'file' as const };
      }),
  );
  return [...stored.map(({ size, note, at }) => ({ size, note, at, where: 'database' as const })), ...files];
}

/** What the kept checkpoints say against the log, in words; nothing when they all agree with it. */
export function judgeCheckpoints(kept: KeptCheckpoints, verdict: ChainVerdict): string[] {
  return kept.flatMap(({ size, note, where }) => {
    const name = `The checkpoint of ${size} rows in the ${where}`;
    const said = openCheckpoint(note, signingKey());
    if (said === null || said.size !== size) return [`${name} is not signed by this installation's key.`];
    return flawOfCheckpoint(name, said, verdict);
  });
}

function flawOfCheckpoint(name: string, said: Checkpoint, verdict: ChainVerdict): string[] {
  if (said.size > BigInt(verdict.rows))
    return verdict.firstBad === null
      ? [
          `${name} is larger than the log of ${verdict.rows} rows: rows were cut off, or an older copy was restored.`,
        ]
      : [];
  const root = verdict.roots.get(said.size);
  return root?.equals(said.root) === true
    ? []
    : [`${name} has another root: rows up to there were rewritten.`];
}
