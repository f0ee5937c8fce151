import type { AuditRowView } from '#lib/audit/schema.ts';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { KeyText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** Everything that one row of the log says, with links to the rest of its story. */
export function AuditRowDetails({ row }: { row: AuditRowView }) {
  return (
    <DescriptionList>
      <KeyValue term="Time">{row.at}</KeyValue>
      <KeyValue term="Who">
        {row.actorName}{' '}
        <TextLink href={`/evidence/audit?actor=${encodeURIComponent(row.actor)}`}>all that they did</TextLink>
      </KeyValue>
      <KeyValue term="On behalf of">{row.onBehalfOf}</KeyValue>
      <KeyValue term="Action">{row.action}</KeyValue>
      <KeyValue term="Subject">
        <KeyText value={row.subject} overflow="wrap" />{' '}
        <TextLink href={`/evidence/audit?subject=${encodeURIComponent(row.subject)}`}>its history</TextLink>
      </KeyValue>
      <KeyValue term="Reason">{row.reason}</KeyValue>
      <KeyValue term="Before">{row.before === null ? null : <Json value={row.before} />}</KeyValue>
      <KeyValue term="After">{row.after === null ? null : <Json value={row.after} />}</KeyValue>
      <KeyValue term="Address">{row.address}</KeyValue>
      <KeyValue term="Request">{row.requestId}</KeyValue>
      <KeyValue term="Hash">
        <KeyText value={row.hash} overflow="wrap" />
      </KeyValue>
    </DescriptionList>
  );
}

function Json({ value }: { value: unknown }) {
  return (
    <pre className="max-h-64 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
