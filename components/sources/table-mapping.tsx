import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { CSV_FIELDS, missingFields, type CsvFact, type CsvMapping } from '#lib/connectors/csv/mapping.ts';
import type { TablePreview } from '#lib/ingest/table-schema.ts';

const FACTS: readonly { value: CsvFact; label: string }[] = [
  { value: 'node', label: 'An identity, credential or resource' },
  { value: 'edge', label: 'A relation or permission' },
  { value: 'event', label: 'A recorded use' },
];

export type TableMappingProps = {
  preview: TablePreview;
  mapping: CsvMapping | null;
  onChange: (mapping: CsvMapping) => void;
};

/** Says what the columns of a table mean that no format knows: its first rows, and a field for each column. */
export function TableMapping({ preview, mapping, onChange }: TableMappingProps) {
  const fact = mapping?.fact ?? 'node';
  const current: CsvMapping = mapping ?? { fact, fields: [] };
  const missing = missingFields(current);
  const place = (field: string, column: string): void => {
    const others = current.fields.filter((each) => each.field !== field);
    const fields = column === '' ? others : [...others, { field, column }];
    const labels = current.labels?.filter((label) => label !== column);
    onChange({ fact, fields, ...(labels === undefined ? {} : { labels }) });
  };
  return (
    <Card className="grid gap-4">
      <div className="grid gap-1">
        <h2 className="font-medium">What the columns mean</h2>
        <p className="text-sm text-ink-muted">
          {preview.isRemembered
            ? 'As it was said for this source before.'
            : 'No format knows these columns. What you say here is remembered for the source.'}
        </p>
      </div>
      <FirstRows preview={preview} />
      <Field label="Each row is" isRequired>
        {(control) => (
          <Select
            {...control}
            options={FACTS}
            value={fact}
            onChange={(event) => {
              const chosen = FACTS.find(({ value }) => value === event.target.value);
              if (chosen) onChange({ fact: chosen.value, fields: [] });
            }}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {CSV_FIELDS[fact].map((field) => (
          <Field
            key={field}
            label={labelOf(field)}
            isRequired={missing.includes(field)}
            error={missing.includes(field) ? 'Choose the column that holds it.' : undefined}
          >
            {(control) => (
              <Select
                {...control}
                placeholder="Not in the table"
                options={preview.columns.map((column) => ({ value: column, label: column }))}
                value={current.fields.find((each) => each.field === field)?.column ?? ''}
                onChange={(event) => place(field, event.target.value)}
              />
            )}
          </Field>
        ))}
      </div>
    </Card>
  );
}

/** `createdAt` as `Created at`. */
const labelOf = (field: string): string => {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function FirstRows({ preview }: { preview: TablePreview }) {
  return (
    <div
      className="overflow-x-auto rounded-md border border-line"
      tabIndex={0}
      role="region"
      aria-label="First rows"
    >
      <table className="w-full text-left text-sm">
        <thead className="border-b border-line text-ink-muted">
          <tr>
            {preview.columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                <NameText value={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {preview.rows.map((row, number) => (
            <tr key={row.join('\u0000') + String(number)}>
              {preview.columns.map((column, index) => (
                <td key={column} className="max-w-64 truncate px-3 py-1.5">
                  <NameText value={row[index] ?? ''} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
