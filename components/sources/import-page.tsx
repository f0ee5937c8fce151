'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { sendUpload, type NamedFile } from '#lib/query/send-upload.ts';
import { ChosenFiles } from './chosen-files.tsx';
import { DropZone } from './drop-zone.tsx';
import { ImportOptions } from './import-options.tsx';
import { TableMapping } from './table-mapping.tsx';
import { useTablePreview } from './use-table-preview.ts';
import { FIRST_OPTIONS, optionParameters, type ChosenOptions } from './chosen-options.ts';

type Sent = { done: number; total: number };
export type FormatChoice = { name: string; title: string };

/** Chooses files and options, sends them, and goes on to the run, which then works by itself. */
export function ImportPage({ formats, source }: { formats: readonly FormatChoice[]; source: string }) {
  const [files, setFiles] = useState<readonly NamedFile[]>([]);
  const [options, setOptions] = useState<ChosenOptions>({ ...FIRST_OPTIONS, source });
  const [sent, setSent] = useState<Sent | null>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const sending = useRef<AbortController | null>(null);
  const router = useRouter();
  const queries = useQueryClient();
  const table = useTablePreview(files, options.source);

  const choose = (next: readonly NamedFile[]): void => {
    setFiles(next);
    setProblem(undefined);
  };

  const send = async (dryRun: boolean): Promise<void> => {
    const controller = new AbortController();
    sending.current = controller;
    setProblem(undefined);
    setSent({ done: 0, total: files.reduce((sum, { file }) => sum + file.size, 0) });
    try {
      const { run } = await sendUpload({
        files,
        options: optionParameters(options, dryRun, table.mapping),
        onProgress: (done, total) => setSent({ done, total }),
        signal: controller.signal,
      });
      void queries.invalidateQueries({ queryKey: ['sources'] });
      router.push(`/sources/runs/${run}`);
    } catch (error) {
      setSent(null);
      if (error instanceof Error && error.name !== 'AbortError') setProblem(problemText(error).detail);
    }
  };

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid min-w-0 gap-4">
        <DropZone isDisabled={sent !== null} onFiles={(more) => choose([...files, ...more])} />
        <FormProblem text={problem} />
        {files.length > 0 && (
          <ChosenFiles
            files={files}
            isDisabled={sent !== null}
            onRemove={(index) => choose(files.filter((_, at) => at !== index))}
            onClear={() => choose([])}
          />
        )}
        {table.preview !== null && sent === null && (
          <TableMapping preview={table.preview} mapping={table.mapping} onChange={table.change} />
        )}
        {sent !== null && (
          <Card className="grid gap-3">
            <Progress
              label={sent.done < sent.total ? 'Sending' : 'Looking at what it is'}
              done={Math.round(sent.done / 1000)}
              total={Math.round(sent.total / 1000)}
              unit="kB"
            />
            <div>
              <Button size="small" onClick={() => sending.current?.abort()}>
                Stop
              </Button>
            </div>
          </Card>
        )}
      </div>
      <ImportOptions
        formats={formats}
        options={options}
        onChange={setOptions}
        isDisabled={sent !== null}
        canSend={files.length > 0 && table.isReady}
        onSend={(dryRun) => void send(dryRun)}
      />
    </div>
  );
}
