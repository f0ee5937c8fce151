import { Check } from 'lucide-react';
import { PERMISSION_NAMES, PERMISSIONS, ROLES, TOKEN_SCOPES } from '#lib/authz/permissions.ts';
import { PlainTable, type PlainColumn } from './plain-table.tsx';

type Row = (typeof PERMISSION_NAMES)[number];

const mark = (isGiven: boolean) =>
  isGiven ? (
    <>
      <Check aria-hidden className="size-4 text-success" />
      <span className="sr-only">yes</span>
    </>
  ) : (
    <span className="text-ink-faint">
      <span aria-hidden>·</span>
      <span className="sr-only">no</span>
    </span>
  );

const COLUMNS: readonly PlainColumn<Row>[] = [
  {
    title: 'Permission',
    className: 'min-w-64',
    cell: (name) => (
      <>
        {PERMISSIONS[name]} <code className="block font-mono text-xs text-ink-faint">{name}</code>
      </>
    ),
  },
  ...Object.values(ROLES).map(({ title, permissions }) => {
    return { title, cell: (name: Row) => mark(permissions.includes(name)) };
  }),
  { title: 'API token', cell: (name) => mark((TOKEN_SCOPES as readonly Row[]).includes(name)) },
];

/** Who may do what, from the table that the server itself decides by. */
export function PermissionTable() {
  return (
    <PlainTable
      label="Permissions by role"
      columns={COLUMNS}
      rows={PERMISSION_NAMES}
      rowId={(name) => name}
    />
  );
}
