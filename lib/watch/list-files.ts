import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file that waits in the watched folder. */
export type WaitingFile = {
  /** Path below the watched folder: the name, or the source's folder and the name. */
  relative: string;
  /** Name of the folder it lies in, which is the source to import into; null directly in the watched folder. */
  source: string | null;
  /** Changes with every write. */
  state: string;
};

/** Folders that hold what was read already. */
export const OUTCOMES = ['done', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The files of the folder and of the folders directly in it, in order of name; links and names with a dot first are left out. */
export async function listFiles(folder: string): Promise<WaitingFile[]> {
  const files: WaitingFile[] = [];
  for await (const entry of await opendir(folder)) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) await add(files, folder, entry.name, null);
    else if (entry.isDirectory() && !OUTCOMES.some((outcome) => outcome === entry.name))
      for await (const inner of await opendir(path.join(folder, entry.name)))
        if (inner.isFile() && !inner.name.startsWith('.'))
          await add(files, folder, path.join(entry.name, inner.name), entry.name);
  }
  return files.sort((a, b) => (a.relative < b.relative ? -1 : 1));
}

async function add(
  files: WaitingFile[],
  folder: string,
  relative: string,
  source: string | null,
): Promise<void> {
  // It may have been taken away since the folder was listed.
  const found = await stat(path.join(folder, relative)).catch(() => null);
  if (found !== null) files.push({ relative, source, state: `${found.size} ${found.mtimeMs}` });
}
