import { awsAccountKey, awsServiceKey, awsServicePrincipalKey } from '#lib/core/keys.ts';
import type { FactSink } from '../connector.ts';
import type { NodeFact, Standing } from '../facts.ts';

const awsZone = (account: string): string => `aws:${account}`;

/** Facts that every node of an account shares. */
export function inAccount(account: string): Pick<NodeFact, 'provider' | 'tenant' | 'zone'> {
  return { provider: 'aws', tenant: account, zone: awsZone(account) };
}

export function accountNode(account: string, standing: Standing): NodeFact {
  return {
    ...inAccount(account),
    key: awsAccountKey(account),
    kind: 'resource',
    standing,
    type: 'account',
    name: `AWS account ${account}`,
  };
}

export function serviceNode(account: string, service: string, standing: Standing): NodeFact {
  return {
    ...inAccount(account),
    key: awsServiceKey(account, service),
    kind: 'resource',
    standing,
    type: 'api',
    name: `${service} of ${account}`,
  };
}

/** A service of AWS that acts, such as `lambda.amazonaws.com`; AWS runs it, nobody here attests it. */
export function servicePrincipalNode(host: string, standing: Standing): NodeFact {
  return {
    key: awsServicePrincipalKey(host),
    kind: 'service',
    standing,
    name: host,
    provider: 'aws',
    zone: 'aws',
    managed: true,
  };
}

/** `arn:aws:iam::ACCOUNT:root`: whatever principal of that account its own policies allow. */
export function anyPrincipalNode(arn: string, account: string, standing: Standing): NodeFact {
  return {
    ...inAccount(account),
    key: arn,
    kind: 'group',
    standing,
    name: `Any principal of account ${account}`,
    managed: true,
  };
}

/** States the account, its service and that the one contains the other. */
export function stateService(sink: FactSink, account: string, service: string, standing: Standing): string {
  const key = awsServiceKey(account, service);
  sink.node(accountNode(account, standing));
  sink.node(serviceNode(account, service, standing));
  sink.edge({ from: awsAccountKey(account), kind: 'contains', to: key });
  return key;
}
