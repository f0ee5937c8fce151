import { CopyButton } from '#components/ui/copy-button.tsx';

/** A secret that is shown now and never again, ready to be copied. */
export function ShownOnce({ value, label, hint }: { value: string; label: string; hint: string }) {
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2 rounded-md border border-line bg-sunken p-3">
        <code className="min-w-0 flex-1 font-mono text-sm break-all">{value}</code>
        <CopyButton text={value} label={label} />
      </div>
      <p className="text-sm text-ink-muted">{hint}</p>
    </div>
  );
}
