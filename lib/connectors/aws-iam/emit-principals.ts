import { awsAccountKey } from '#lib/core/keys.ts';
import { claimOwners, taggedFacts } from '../aws/tags.ts';
import { accountNode, inAccount } from '../aws/state-nodes.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact } from '../facts.ts';
import { iamScope } from './account.ts';
import type { PrincipalRecord } from './account-records.ts';

const SSO_PATH = '/aws-reserved/sso.amazonaws.com/';
const SERVICE_PATH = '/aws-service-role/';

export const isServiceLinked = (role: PrincipalRecord): boolean => role.path.startsWith(SERVICE_PATH);
export const isIdentityCenter = (role: PrincipalRecord): boolean => role.path.startsWith(SSO_PATH);

/** What goes with a user, a group or a role: its account, the claims of its tags, its instance profiles. */
export function emitPrincipal(sink: FactSink, record: PrincipalRecord): void {
  const scope = iamScope(record.account);
  sink.node(accountNode(record.account, 'inventory'), scope);
  // Nobody in the account can change or enter a service-linked role, not even its administrator.
  if (!(record.list === 'role' && isServiceLinked(record)))
    sink.edge({ from: awsAccountKey(record.account), kind: 'contains', to: record.arn }, scope);
  claimOwners(sink, record.arn, record.tags, scope);
  if (record.list === 'role') emitRoleParts(sink, record, scope);
}

export function principalNode(record: PrincipalRecord): NodeFact {
  const type = principalType(record);
  return {
    ...inAccount(record.account),
    ...taggedFacts(record.tags),
    key: record.arn,
    kind: record.list === 'user' ? (record.hasPassword ? 'person' : 'service_account') : record.list,
    standing: 'inventory',
    name: record.name,
    ...(type === null ? {} : { type }),
    ...(record.createdAt === null ? {} : { createdAt: record.createdAt }),
    ...(record.lastUsedAt === null ? {} : { lastUsedAt: record.lastUsedAt }),
    ...(record.purpose === undefined ? {} : { purpose: record.purpose.slice(0, 1_000) }),
    ...(record.list === 'role' && isServiceLinked(record) ? { managed: true } : {}),
    props: {
      path: record.path,
      ...(record.uniqueId === undefined ? {} : { uniqueId: record.uniqueId }),
      ...(record.boundary === undefined ? {} : { permissionsBoundary: record.boundary }),
      ...(record.lastUsedRegion === undefined ? {} : { lastUsedRegion: record.lastUsedRegion }),
      ...(record.list === 'role' && record.path.startsWith('/service-role/') ? { madeByConsole: true } : {}),
    },
  };
}

/** Who takes the role, by its path and its trust: a service, a person, a workload outside, another account. */
function principalType(record: PrincipalRecord): string | null {
  if (record.list !== 'role') return null;
  if (isServiceLinked(record)) return 'service_linked';
  if (isIdentityCenter(record)) return 'human';
  const principals = record.trust.flatMap((statement) => (statement.allow ? statement.principals : []));
  const federated = principals.filter((principal) => principal.form === 'Federated');
  if (federated.some((principal) => principal.value.includes(':saml-provider/'))) return 'human';
  if (federated.length > 0) return 'external_workload';
  return principals.some((principal) => principal.form === 'Service') ? 'workload' : null;
}

function emitRoleParts(sink: FactSink, role: PrincipalRecord, scope: string): void {
  const pathless = `arn:${role.arn.split(':')[1] ?? 'aws'}:iam::${role.account}:role/${role.name}`;
  // The ARN of a session carries the name without the path; names of roles are unique within an account.
  if (pathless !== role.arn) sink.alias({ alias: pathless, key: role.arn });
  for (const profile of role.instanceProfiles) {
    sink.node(
      {
        ...inAccount(role.account),
        key: profile.arn,
        kind: 'resource',
        standing: 'inventory',
        type: 'instance_profile',
        name: profile.name,
        ...(profile.createdAt === null ? {} : { createdAt: profile.createdAt }),
      },
      scope,
    );
    sink.edge({ from: awsAccountKey(role.account), kind: 'contains', to: profile.arn }, scope);
    sink.edge({ from: profile.arn, kind: 'runs_as', to: role.arn }, scope);
  }
}
