/** The one look of fields that are typed or chosen in. */
export const CONTROL_STYLE =
  'w-full rounded-md border border-line-strong bg-surface text-ink placeholder:text-ink-faint ' +
  'transition-colors hover:border-ink-faint disabled:cursor-not-allowed disabled:opacity-60 ' +
  'aria-invalid:border-danger focus-visible:outline-offset-0';
