'use client';

import { FolderOpen, Upload } from 'lucide-react';
import { useRef, useState, type ChangeEvent, type DragEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { NamedFile } from '#lib/query/send-upload.ts';
import { droppedFiles } from './dropped-files.ts';

export type DropZoneProps = { isDisabled: boolean; onFiles: (files: readonly NamedFile[]) => void };

/** Takes files, folders and archives by drop or by choice. */
export function DropZone({ isDisabled, onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!isDisabled) void droppedFiles(event.dataTransfer).then(onFiles);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    onFiles(
      [...(event.target.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })),
    );
    event.target.value = '';
  };
  const hover = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };

  return (
    <div
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames(
        'flex flex-col items-center gap-1 rounded-lg border border-dashed px-6 py-12 text-center transition-colors',
        isOver ? 'border-accent bg-selected' : 'border-line-strong bg-surface',
      )}
    >
      <Upload aria-hidden className="mb-2 size-6 text-ink-faint" />
      <p className="text-lg font-semibold">Drop files, folders or archives here</p>
      <p className="max-w-prose text-ink-muted">
        IAM authorization details, CloudTrail logs, Kubernetes objects, catalogues, audit logs, Bailiwick’s
        own NDJSON and more; zip and gzip as they are. Secrets in them are dropped or fingerprinted while they
        are read.
      </p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <Button disabled={isDisabled} onClick={() => fileInput.current?.click()}>
          Choose files
        </Button>
        <Button disabled={isDisabled} onClick={() => folderInput.current?.click()}>
          <FolderOpen aria-hidden />
          Choose a folder
        </Button>
      </div>
      <input ref={fileInput} type="file" multiple hidden aria-label="Files to import" onChange={choose} />
      <input
        ref={(input) => {
          folderInput.current = input;
          // React knows no attribute for it.
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label="Folder to import"
        onChange={choose}
      />
    </div>
  );
}
