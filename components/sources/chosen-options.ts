import type { CsvMapping } from '#lib/connectors/csv/mapping.ts';

export type ChosenOptions = {
  source: string;
  format: string;
  complete: boolean;
  tenant: string;
  namespace: string;
  environment: string;
  /** A day as the browser's date field gives it; empty: now. */
  asOf: string;
};

export const FIRST_OPTIONS: ChosenOptions = {
  source: '',
  format: 'auto',
  complete: false,
  tenant: '',
  namespace: '',
  environment: '',
  asOf: '',
};

/** The options as the upload route reads them; what is left empty is left out. */
export function optionParameters(
  options: ChosenOptions,
  dryRun: boolean,
  mapping: CsvMapping | null,
): URLSearchParams {
  const { complete, asOf, ...texts } = options;
  const parameters = new URLSearchParams({ dryRun: String(dryRun), complete: String(complete) });
  for (const [name, value] of Object.entries(texts))
    if (value.trim() !== '') parameters.set(name, value.trim());
  if (asOf !== '') parameters.set('asOf', `${asOf}T00:00:00Z`);
  if (mapping !== null) parameters.set('mapping', JSON.stringify(mapping));
  return parameters;
}
