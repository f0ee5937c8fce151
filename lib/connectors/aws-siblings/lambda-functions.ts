import { isObject } from '#lib/core/json.ts';
import { KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { type Arn, formatArn, lastSegment, parseArn } from '../aws/arn.ts';
import { textField } from '../aws/read-fields.ts';
import { field } from '../read-value.ts';
import { foldArn } from '../aws/resources.ts';
import { inAccount, stateService } from '../aws/state-nodes.ts';
import { type Connector, type FactSink, RejectedRecord } from '../connector.ts';
import { RegionalScopes } from './regional-scopes.ts';

/** `aws lambda list-functions`: which role each function runs as. Environment variables are not read. */
export const awsLambdaFunctions: Connector = {
  name: 'aws-lambda-functions',
  title: 'AWS Lambda functions',
  kind: 'inventory',
  syntax: ['json'],
  lists: ['Functions'],
  recognise: (sample) =>
    /"FunctionArn"/i.test(sample.head) && sample.keys.some((key) => /^functions$|^functionarn$/i.test(key))
      ? 0.95
      : 0,
  open(sink, context) {
    const scopes = new RegionalScopes('lambda', 'NextMarker', context.complete);
    return {
      record: ({ value }) => {
        const arn = readFunction(sink, value, scopes);
        scopes.note(arn);
      },
      envelope: (members) => scopes.envelope(members),
      end: () => scopes.emit(sink),
    };
  },
};

function readFunction(sink: FactSink, value: unknown, scopes: RegionalScopes): Arn {
  if (!isObject(value)) throw new RejectedRecord('A function is not an object.');
  const text = textField(value, 'FunctionArn') ?? '';
  const parsed = parseArn(text);
  if (parsed?.service !== 'lambda' || text.length > KEY_LENGTH_MAX)
    throw new RejectedRecord('The function has no ARN of AWS Lambda.');
  const arn = foldArn(parsed);
  const key = formatArn(arn);
  const scope = scopes.of(arn);
  const runtime = textField(value, 'Runtime');
  sink.node(
    {
      ...inAccount(arn.account),
      key,
      kind: 'resource',
      standing: 'inventory',
      type: 'function',
      name: textField(value, 'FunctionName') ?? lastSegment(arn.resource),
      ...(runtime === undefined ? {} : { props: { runtime: runtime.slice(0, 100) } }),
    },
    scope,
  );
  const service = stateService(sink, arn.account, 'lambda', 'reference');
  sink.edge({ from: service, kind: 'contains', to: key }, scope);
  runsAs(sink, key, field(value, 'Role'), scope);
  return arn;
}

function runsAs(sink: FactSink, key: string, role: unknown, scope: string): void {
  const arn = typeof role === 'string' && role.length <= KEY_LENGTH_MAX ? parseArn(role) : null;
  if (typeof role !== 'string' || arn === null) return;
  const name = lastSegment(arn.resource);
  sink.node({ ...inAccount(arn.account), key: role, kind: 'role', standing: 'reference', name });
  sink.edge({ from: key, kind: 'runs_as', to: role }, scope);
}
