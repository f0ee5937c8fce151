import { isObject } from '#lib/core/json.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import { writeUse } from '../logged-use.ts';
import { ObservedWindow } from '../observed-window.ts';
import { field, id, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { auditUse } from './audit-event.ts';
import { signInUse } from './sign-in.ts';

/** Sign-in and audit logs of Microsoft Entra, as diagnostic settings or Graph write them (docs/formats/entra.md). */
export const entraLogs: Connector = {
  name: 'entra-logs',
  title: 'Microsoft Entra sign-in and audit logs',
  kind: 'events',
  syntax: ['json'],
  lists: ['records', 'value'],
  recognise,
  open: (sink, context) => new EntraLogReader(sink, context),
};

function recognise(sample: Sample): number {
  const listed = field(sample.first, 'records') ?? field(sample.first, 'value');
  const record = Array.isArray(listed) ? (listed[0] as unknown) : sample.first;
  if (!isObject(record)) return 0;
  const provider = text(field(record, 'resourceId')) ?? '';
  const properties = field(record, 'properties');
  if (isObject(properties) && field(record, 'operationName') !== undefined) {
    if (/microsoft\.aadiam/i.test(provider)) return 0.95;
    const isKnown =
      field(properties, 'initiatedBy') !== undefined || field(properties, 'userPrincipalName') !== undefined;
    return isKnown || field(properties, 'servicePrincipalId') !== undefined ? 0.9 : 0.1;
  }
  if (field(record, 'activityDisplayName') !== undefined && field(record, 'initiatedBy') !== undefined)
    return 0.9;
  return field(record, 'appId') !== undefined &&
    field(record, 'createdDateTime') !== undefined &&
    isObject(field(record, 'status'))
    ? 0.85
    : 0;
}

class EntraLogReader implements Reader {
  readonly #sink: FactSink;
  readonly #tenant: string;
  readonly #window = new ObservedWindow();

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#tenant = (context.defaults.tenant ?? 'default').toLowerCase();
  }

  record(record: SourceRecord): void {
    const entry = record.value;
    if (!isObject(entry)) throw new RejectedRecord('the record is not an object');
    const nested = field(entry, 'properties');
    const properties = isObject(nested) ? nested : entry;
    const tenant = id(field(entry, 'tenantId'), 'tenantId')?.toLowerCase() ?? this.#tenant;
    const time =
      isoTime(field(properties, 'createdDateTime')) ??
      isoTime(field(properties, 'activityDateTime')) ??
      isoTime(field(entry, 'time'));
    if (time === null) throw new RejectedRecord('the event has no readable time');
    const isAudit =
      field(properties, 'initiatedBy') !== undefined || field(properties, 'targetResources') !== undefined;
    const use = isAudit
      ? auditUse(entry, properties, tenant, time)
      : signInUse(entry, properties, tenant, time);
    this.#window.see(`entra:${tenant}`, time);
    writeUse(this.#sink, use);
  }

  end(): void {
    this.#window.write(this.#sink);
  }
}
