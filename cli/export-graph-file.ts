import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { exportGraph } from '#lib/graph-export/export-graph.ts';
import { graphExportQuery } from '#lib/graph-export/schema.ts';

type Flags = { format?: string; table: string; output?: string; json?: boolean };

/** Writes the live graph to a file, or to standard output as `-`. A file that exists already is not written over. */
export async function exportGraphFile(actor: Actor, flags: Flags): Promise<void> {
  const asked = graphExportQuery.safeParse({ format: flags.format ?? 'bailiwick', table: flags.table });
  if (!asked.success)
    throw new AppError(
      'invalid_input',
      'The format is bailiwick, opengraph or csv; the table nodes or edges.',
    );
  const { name, text } = await exportGraph(actor, asked.data);
  const source = Readable.from(text, { objectMode: false });
  if (flags.output === '-') {
    await pipeline(source, process.stdout, { end: false });
    return;
  }
  const file = flags.output ?? name;
  const out = createWriteStream(file, { flags: 'wx' });
  await pipeline(source, out).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).syscall !== 'open') throw cause;
    throw new AppError(
      'conflict',
      `${file} could not be written. It exists already, or the folder does not.`,
      {
        cause,
      },
    );
  });
  const written = { file, bytes: out.bytesWritten };
  console.log(flags.json ? JSON.stringify(written) : `Wrote ${file} (${written.bytes} bytes).`);
}
