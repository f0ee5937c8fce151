import { isObject } from '#lib/core/json.ts';
import { awsKey, KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { lastSegment, parseArn } from '../aws/arn.ts';
import { textField } from '../aws/read-fields.ts';
import { field } from '../read-value.ts';
import { inAccount, stateService } from '../aws/state-nodes.ts';
import { type Connector, type FactSink, RejectedRecord } from '../connector.ts';
import { isoTime } from '../time.ts';

/**
 * `aws iam get-service-last-accessed-details`: when an identity last used each service that it may use. Each line is
 * one use, named by what it says, so that reports that overlap add nothing twice.
 */
export const awsLastAccessed: Connector = {
  name: 'aws-last-accessed',
  title: 'AWS IAM service last accessed details',
  kind: 'events',
  syntax: ['json'],
  lists: ['ServicesLastAccessed'],
  recognise: (sample) => (sample.keys.some((key) => key.toLowerCase() === 'serviceslastaccessed') ? 0.95 : 0),
  open(sink) {
    return { record: ({ value }) => readUse(sink, value), end: () => undefined };
  },
};

function readUse(sink: FactSink, value: unknown): void {
  if (!isObject(value)) throw new RejectedRecord('A service is not an object.');
  const service = textField(value, 'ServiceNamespace');
  if (service === undefined || service.length > 64) throw new RejectedRecord('The service has no namespace.');
  const entity = textField(value, 'LastAuthenticatedEntity');
  const time = isoTime(field(value, 'LastAuthenticated'));
  // Never used within the time that AWS tracks: nothing happened that could be told.
  if (entity === undefined || time === null) return;
  const actor = awsKey(entity);
  const arn = parseArn(actor);
  if (arn === null || actor.length > KEY_LENGTH_MAX - 128)
    throw new RejectedRecord('The entity is not an ARN.');
  sink.node({
    ...inAccount(arn.account),
    key: actor,
    kind: arn.resource.startsWith('role/') ? 'role' : 'service_account',
    standing: 'log',
    name: lastSegment(arn.resource),
  });
  const target = stateService(sink, arn.account, service, 'log');
  const id = `last-accessed ${service} ${actor}`;
  sink.event({ id, time, actor, action: `${service}:*`, outcome: 'allowed', target });
}
