import { awsServiceKey, fitsKey } from '#lib/core/keys.ts';
import { covers, hasWildcard, overlaps } from '../aws/glob.ts';
import { formatArn, parseArn, type Arn } from '../aws/arn.ts';
import { awsResourceType, foldArn, resourceName } from '../aws/resources.ts';

/** What a resource pattern of a statement stands for in the graph. */
export type GrantTarget =
  /** All that the named service, or each service that the actions name, holds in the account. */
  | { whole: true; service: string | null; glob: string | null }
  /** One resource, or a pattern that stands for those that match it. */
  | {
      whole: false;
      key: string;
      name: string;
      type: string;
      service: string;
      /** Account in the ARN; null where it has none. */
      account: string | null;
      glob: string | null;
    };

/** The key of a resource of iam is longer than its ARN by as much. */
const ROOM = ' '.repeat(64);

const isAny = (part: string): boolean => part === '' || /^\*+$/.test(part);

/** Null for what is neither `*` nor an ARN, or too long to be a key. */
export function grantTarget(resource: string, account: string): GrantTarget | null {
  if (isAny(resource)) return { whole: true, service: null, glob: null };
  const arn = parseArn(resource.endsWith(':') ? `${resource}*` : resource) ?? openArn(resource);
  if (arn === null) return null;
  if (hasWildcard(arn.service)) return { whole: true, service: null, glob: null };
  const folded = foldArn(arn);
  const text = formatArn(folded);
  if (!fitsKey(`${text}${ROOM}`)) return null;
  if (
    isAny(folded.region) &&
    (isAny(folded.account) || folded.account === account) &&
    isAnyResource(folded.resource)
  )
    return { whole: true, service: arn.service, glob: null };
  const owner = isAny(folded.account) || hasWildcard(folded.account) ? null : folded.account;
  // What iam holds are identities and policies: their administration is a resource of its own.
  const key = arn.service === 'iam' ? `${awsServiceKey(owner ?? account, 'iam')}/${folded.resource}` : text;
  return {
    whole: false,
    key,
    name: arn.service === 'iam' ? `iam ${folded.resource}` : resourceName(folded),
    type: awsResourceType(arn.service),
    service: arn.service,
    account: owner,
    glob: hasWildcard(text) ? text : null,
  };
}

/** `*`, `*` after a slash, and `table/*` alone: no name is left that narrows it. */
const isAnyResource = (resource: string): boolean => /^[*/:]+$/.test(resource);

/** `arn:aws:s3*` and the like, cut short by a wildcard. */
function openArn(resource: string): Arn | null {
  if (!resource.startsWith('arn:')) return null;
  const parts = resource.split(':');
  if (!(parts.at(-1) ?? '').endsWith('*')) return null;
  const [, partition = '*', service = '*', region = '*', account = '*'] = parts;
  return { partition, service, region, account, resource: '*' };
}

/** Actions of one service that work on resources of another. */
const ACROSS = new Map<string, readonly string[]>([
  ['ssm', ['ec2']],
  ['ec2-instance-connect', ['ec2']],
  ['sts', ['iam']],
  ['s3express', ['s3']],
  ['rds-data', ['rds']],
  ['bedrock-agentcore', ['bedrock']],
]);

/** Whether an action can work on a resource of the service. */
export function concerns(action: string, service: string): boolean {
  const prefix = action.includes(':') ? action.slice(0, action.indexOf(':')) : action;
  if (prefix === service || covers(prefix, service)) return true;
  return (
    (hasWildcard(prefix) && overlaps(prefix, service)) || (ACROSS.get(prefix)?.includes(service) ?? false)
  );
}
