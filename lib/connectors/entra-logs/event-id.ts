import { RejectedRecord } from '../connector.ts';
import { field, id } from '../read-value.ts';

/** The entry's own id, else its correlation id, with the time: one correlation covers several events. */
export function eventId(entry: unknown, properties: unknown, time: string): string {
  const own =
    id(field(properties, 'id'), 'id') ??
    id(field(entry, 'correlationId') ?? field(properties, 'correlationId'), 'correlationId');
  if (own === undefined) throw new RejectedRecord('the event has neither an id nor a correlation id');
  return `${own} ${time}`.slice(0, 400);
}
