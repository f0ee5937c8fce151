import type { NamedFile } from '#lib/query/send-upload.ts';

/** Every file of what was dropped, folders walked through, under its path. Names that begin with a dot are left out. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // Both must be taken before the first wait: the browser empties the transfer after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files].map((file) => ({ name: file.name, file }));
  const known = entries.filter((entry) => entry !== null);
  if (known.length === 0) return plain;
  const found = await Promise.all(known.map((entry) => filesOf(entry)));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry): Promise<NamedFile[]> {
  if (entry.name.startsWith('.')) return [];
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ name: entry.fullPath.replace(/^\//, ''), file }];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const found: NamedFile[] = [];
  for (;;) {
    // A reader gives at most a hundred entries at a time, and an empty list at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const inside of some) found.push(...(await filesOf(inside)));
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
