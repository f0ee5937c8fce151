import {
  AWS_ANYONE_KEY,
  awsKey,
  awsRootUserKey,
  awsServicePrincipalKey,
  awsUniqueIdKey,
  federatedSubjectKey,
  personKey,
} from '#lib/core/keys.ts';
import { lastSegment, parseArn } from '../aws/arn.ts';
import { inAccount } from '../aws/state-nodes.ts';
import type { NodeFact } from '../facts.ts';
import type { NodeMemory } from './node-memory.ts';
import { part, text, type Trail } from './trail-event.ts';

/** Who acted, with sessions folded into the identity that they are sessions of. */
export function actorOf(memory: NodeMemory, event: Trail, identity: Trail): string {
  switch (text(identity, 'type')) {
    case 'AssumedRole':
    case 'FederatedUser':
    case 'Role': {
      const context = part(identity, 'sessionContext');
      const issuer = context === undefined ? undefined : part(context, 'sessionIssuer');
      const arn = (issuer === undefined ? undefined : text(issuer, 'arn')) ?? text(identity, 'arn');
      return arn === undefined ? byUniqueId(memory, identity) : statePrincipal(memory, awsKey(arn));
    }
    case 'Root': {
      const account = text(identity, 'accountId') ?? text(event, 'recipientAccountId') ?? 'unknown';
      return stateRootUser(memory, account);
    }
    case 'WebIdentityUser':
    case 'SAMLUser':
      return stateSubject(memory, identity);
    case 'IdentityCenterUser':
      return stateCenterUser(memory, identity) ?? byUniqueId(memory, identity);
    case 'AWSAccount':
      return byUniqueId(memory, identity);
    case 'AWSService':
    case undefined:
      return stateService(memory, serviceHost(event, identity));
    default:
      return userOrOther(memory, identity);
  }
}

function userOrOther(memory: NodeMemory, identity: Trail): string {
  const arn = text(identity, 'arn');
  if (arn !== undefined) return statePrincipal(memory, awsKey(arn));
  const account = text(identity, 'accountId');
  const name = text(identity, 'userName');
  if (account !== undefined && name !== undefined)
    return statePrincipal(memory, `arn:aws:iam::${account}:user/${name}`);
  return byUniqueId(memory, identity);
}

/** Only names of hosts are services; `AWS Internal` is a remark. */
function serviceHost(event: Trail, identity: Trail): string {
  const invoker = text(identity, 'invokedBy');
  if (invoker?.includes('.') === true) return invoker;
  return text(event, 'eventSource') ?? 'unknown.amazonaws.com';
}

export function stateService(memory: NodeMemory, host: string): string {
  return memory.node(awsServicePrincipalKey(host), () => ({
    kind: 'service',
    name: host,
    provider: 'aws',
    zone: 'aws',
    managed: true,
  }));
}

const KINDS: readonly [string, NodeFact['kind']][] = [
  ['role/', 'role'],
  ['group/', 'group'],
  ['user/', 'service_account'],
];

/** The kind of node that an ARN of iam or sts names; null for policies, instance profiles and the like. */
export function principalKind(resource: string): NodeFact['kind'] | null {
  return KINDS.find(([prefix]) => resource.startsWith(prefix))?.[1] ?? null;
}

export function statePrincipal(memory: NodeMemory, key: string, facts: Partial<NodeFact> = {}): string {
  return memory.node(key, () => {
    const arn = parseArn(key);
    if (arn === null) return { kind: 'service_account', name: key, provider: 'aws', ...facts };
    return {
      ...inAccount(arn.account),
      kind: principalKind(arn.resource) ?? 'service_account',
      name: lastSegment(arn.resource),
      ...(arn.resource.startsWith('role/aws-service-role/') ? { managed: true, type: 'service_linked' } : {}),
      ...facts,
    };
  });
}

function stateRootUser(memory: NodeMemory, account: string): string {
  return memory.node(awsRootUserKey(account), () => ({
    ...inAccount(account),
    kind: 'service_account',
    type: 'root_user',
    name: `Root user of ${account}`,
  }));
}

/** Principals of other accounts are known by account and unique id; the part after the colon names a session. */
function byUniqueId(memory: NodeMemory, identity: Trail): string {
  const account = text(identity, 'accountId') ?? 'unknown';
  const id = (text(identity, 'principalId') ?? '').split(':', 1)[0] ?? '';
  if (account.toUpperCase() === 'ANONYMOUS_PRINCIPAL' || account === 'anonymous')
    return memory.node(AWS_ANYONE_KEY, () => ({
      kind: 'group',
      name: 'Anyone',
      provider: 'aws',
      managed: true,
    }));
  return memory.node(awsUniqueIdKey(account, id === '' ? 'unknown' : id), () => ({
    ...inAccount(account),
    kind: id.startsWith('AROA') ? 'role' : 'service_account',
    name: `${id === '' ? 'A principal' : id} of account ${account}`,
  }));
}

function stateSubject(memory: NodeMemory, identity: Trail): string {
  const issuer = text(identity, 'identityProvider') ?? 'unknown';
  const subject = text(identity, 'userName') ?? text(identity, 'principalId') ?? 'unknown';
  const isSaml = text(identity, 'type') === 'SAMLUser';
  return memory.node(federatedSubjectKey(issuer, subject), () => ({
    kind: isSaml ? 'person' : 'service',
    name: subject,
    type: 'federated_subject',
    zone: `federated:${issuer}`,
    props: { issuer },
  }));
}

/** The person of AWS Identity Center that `onBehalfOf` names. */
export function stateCenterUser(memory: NodeMemory, identity: Trail): string | undefined {
  const behalf = part(identity, 'onBehalfOf');
  const user = behalf === undefined ? undefined : text(behalf, 'userId');
  if (behalf === undefined || user === undefined) return undefined;
  const store = lastSegment(text(behalf, 'identityStoreArn') ?? 'identitystore');
  return memory.node(`aws://identity-center/${store}/${user}`, () => ({
    kind: 'person',
    name: `Identity Center user ${user}`,
    provider: 'aws',
    props: { identityStore: store },
  }));
}

const MAIL = /^[^\s@<>:/]{1,64}@[^\s@<>:/]+\.[^\s@<>:/]+$/;

export function statePerson(memory: NodeMemory, name: string): string | undefined {
  if (name.length > 254 || !MAIL.test(name)) return undefined;
  return memory.node(personKey(name), () => ({ kind: 'person', name }));
}
