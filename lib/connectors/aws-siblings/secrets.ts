import { isObject } from '#lib/core/json.ts';
import { KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { type Arn, lastSegment, parseArn } from '../aws/arn.ts';
import { textField } from '../aws/read-fields.ts';
import { field } from '../read-value.ts';
import { claimOwners, readTags, taggedFacts } from '../aws/tags.ts';
import { inAccount, stateService } from '../aws/state-nodes.ts';
import { type Connector, type FactSink, RejectedRecord } from '../connector.ts';
import { isoTime } from '../time.ts';
import { RegionalScopes } from './regional-scopes.ts';

/** `aws secretsmanager list-secrets`: names, tags and dates of secrets; the call gives no values. */
export const awsSecrets: Connector = {
  name: 'aws-secrets',
  title: 'AWS Secrets Manager secrets',
  kind: 'inventory',
  syntax: ['json'],
  lists: ['SecretList'],
  recognise: (sample) => (sample.keys.some((key) => key.toLowerCase() === 'secretlist') ? 0.95 : 0),
  open(sink, context) {
    const scopes = new RegionalScopes('secretsmanager', 'NextToken', context.complete);
    return {
      record: ({ value }) => scopes.note(readSecret(sink, value, scopes)),
      envelope: (members) => scopes.envelope(members),
      end: () => scopes.emit(sink),
    };
  },
};

function readSecret(sink: FactSink, value: unknown, scopes: RegionalScopes): Arn {
  if (!isObject(value)) throw new RejectedRecord('A secret is not an object.');
  const key = textField(value, 'ARN') ?? '';
  const arn = parseArn(key);
  if (arn?.service !== 'secretsmanager' || key.length > KEY_LENGTH_MAX)
    throw new RejectedRecord('The secret has no ARN of AWS Secrets Manager.');
  const tags = readTags(field(value, 'Tags'));
  const scope = scopes.of(arn);
  const createdAt = isoTime(field(value, 'CreatedDate'));
  const rotatedAt = isoTime(field(value, 'LastRotatedDate')) ?? isoTime(field(value, 'LastChangedDate'));
  const lastUsedAt = isoTime(field(value, 'LastAccessedDate'));
  const rotation = field(value, 'RotationEnabled');
  sink.node(
    {
      ...inAccount(arn.account),
      ...taggedFacts(tags),
      key,
      kind: 'resource',
      standing: 'inventory',
      type: 'secret',
      name: textField(value, 'Name') ?? lastSegment(arn.resource),
      ...(createdAt === null ? {} : { createdAt }),
      ...(rotatedAt === null ? {} : { rotatedAt }),
      ...(lastUsedAt === null ? {} : { lastUsedAt }),
      ...(typeof rotation === 'boolean' ? { props: { rotationEnabled: rotation } } : {}),
    },
    scope,
  );
  claimOwners(sink, key, tags, scope);
  sink.edge(
    { from: stateService(sink, arn.account, 'secretsmanager', 'reference'), kind: 'contains', to: key },
    scope,
  );
  return arn;
}
