import { X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import type { NamedFile } from '#lib/query/send-upload.ts';
import { bytes, count } from './words.ts';

const SHOWN_MAX = 50;

export type ChosenFilesProps = {
  files: readonly NamedFile[];
  isDisabled: boolean;
  onRemove: (index: number) => void;
  onClear: () => void;
};

/** What will be sent. */
export function ChosenFiles({ files, isDisabled, onRemove, onClear }: ChosenFilesProps) {
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <Card className="grid gap-2">
      <div className="flex items-center justify-between gap-4">
        <p className="font-medium tabular-nums">
          {count(files.length)} {files.length === 1 ? 'file' : 'files'}, {bytes(size)}
        </p>
        <Button tone="quiet" size="small" disabled={isDisabled} onClick={onClear}>
          Remove all
        </Button>
      </div>
      <ul className="max-h-80 divide-y divide-line overflow-y-auto">
        {files.slice(0, SHOWN_MAX).map(({ name, file }, index) => (
          <li key={`${name} ${file.size} ${file.lastModified}`} className="flex items-center gap-3 py-1.5">
            <span className="min-w-0 flex-1 truncate">
              <NameText value={name} />
            </span>
            <span className="shrink-0 text-sm text-ink-muted tabular-nums">{bytes(file.size)}</span>
            <IconButton
              label={`Remove ${name}`}
              size="small"
              disabled={isDisabled}
              onClick={() => onRemove(index)}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {files.length > SHOWN_MAX && (
        <p className="text-sm text-ink-muted">and {count(files.length - SHOWN_MAX)} more</p>
      )}
    </Card>
  );
}
