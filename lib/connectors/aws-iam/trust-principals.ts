import { AWS_ANYONE_KEY, awsKey, awsServicePrincipalKey } from '#lib/core/keys.ts';
import { lastSegment, parseArn } from '../aws/arn.ts';
import { anyPrincipalNode, inAccount, servicePrincipalNode } from '../aws/state-nodes.ts';
import type { NodeFact } from '../facts.ts';
import type { Accounts } from './account.ts';

/** A principal of a trust policy as a node of the graph, with what narrows it. */
export type TrustedPrincipal = {
  node: NodeFact;
  /** In words; a session name, for instance. */
  conditions: readonly string[];
  /** Set where the trust names an account: its principals need a permission of their own too. */
  account?: string;
};

const UNIQUE_ID = /^A(?:IDA|ROA|GPA|NPA|SIA|KIA)[A-Z0-9]{10,}$/;
const SESSION = /^arn:aws[a-z-]*:sts::(\d+):assumed-role\/([^/]+)\/?(.*)$/;
const FEDERATED_USER = /^arn:(aws[a-z-]*):sts::(\d+):federated-user\/(.+)$/;

/** Every form that formats of AWS know; what is none of them is kept as an external identity. */
export function trustedPrincipal(accounts: Accounts, form: string, value: string): TrustedPrincipal {
  if (value === '*') return { node: anyoneNode(), conditions: [] };
  if (form === 'Service') return { node: servicePrincipalNode(value, 'reference'), conditions: [] };
  if (form === 'AWS') return awsPrincipal(accounts, value);
  return { node: externalNode(form, value), conditions: [] };
}

function anyoneNode(): NodeFact {
  return {
    key: AWS_ANYONE_KEY,
    kind: 'group',
    standing: 'reference',
    name: 'Anyone with an AWS account',
    provider: 'aws',
    zone: 'aws:anyone',
    managed: true,
  };
}

function externalNode(form: string, value: string): NodeFact {
  const arn = parseArn(value);
  if (form === 'Federated' && arn !== null)
    return {
      ...inAccount(arn.account),
      key: value,
      kind: 'integration',
      standing: 'reference',
      name: arn.resource,
      type: arn.resource.startsWith('saml-provider/') ? 'saml_provider' : 'oidc_provider',
      // Whoever it vouches for comes from outside the account.
      zone: `federated:${arn.resource.slice(arn.resource.indexOf('/') + 1)}`,
    };
  const key = form === 'Federated' ? awsServicePrincipalKey(value) : `aws://principals/${form}/${value}`;
  return {
    key,
    kind: 'integration',
    standing: 'reference',
    name: value,
    provider: 'aws',
    type: form.toLowerCase(),
  };
}

function awsPrincipal(accounts: Accounts, value: string): TrustedPrincipal {
  const account = /^\d{12,13}$/.test(value) ? value : /^arn:aws[a-z-]*:iam::(\d+):root$/.exec(value)?.[1];
  if (account !== undefined) {
    const arn = value.startsWith('arn:') ? value : `arn:aws:iam::${account}:root`;
    return { node: anyPrincipalNode(arn, account, 'reference'), conditions: [], account };
  }
  if (UNIQUE_ID.test(value)) return uniquePrincipal(accounts, value);
  const session = SESSION.exec(value);
  if (session) return sessionPrincipal(accounts, value, session);
  const federated = FEDERATED_USER.exec(value);
  if (federated) {
    const [, partition = 'aws', owner = '', name = ''] = federated;
    const key = `arn:${partition}:iam::${owner}:user/${name}`;
    return { node: referenceNode(accounts, key), conditions: ['a federated session of this name'] };
  }
  return { node: referenceNode(accounts, value), conditions: [] };
}

/** AWS writes the unique id where the ARN stood once the principal is deleted. */
function uniquePrincipal(accounts: Accounts, id: string): TrustedPrincipal {
  const known = accounts.byUniqueId(id);
  if (known !== undefined) return { node: referenceNode(accounts, known.arn), conditions: [] };
  const node: NodeFact = {
    key: `aws://deleted/${id}`,
    kind: id.startsWith('AROA') ? 'role' : 'service_account',
    standing: 'reference',
    name: `Deleted principal ${id}`,
    provider: 'aws',
    props: { dangling: true },
  };
  return { node, conditions: ['the principal was deleted; nobody can act as it any more'] };
}

/** The ARN of a session leaves the role's path out; the role of that name in the account is meant. */
function sessionPrincipal(accounts: Accounts, value: string, session: RegExpExecArray): TrustedPrincipal {
  const [, account = '', name = '', sessionName = ''] = session;
  const role = accounts.named(account, 'role', name);
  const node = referenceNode(accounts, role?.arn ?? awsKey(value));
  const conditions = sessionName === '' ? [] : [`only the session named ${sessionName}`];
  return { node, conditions };
}

function referenceNode(accounts: Accounts, key: string): NodeFact {
  const known = accounts.principals.get(key);
  const arn = parseArn(key);
  const account = known?.account ?? arn?.account ?? '';
  const kind = known?.list ?? (arn?.resource.startsWith('role/') ? 'role' : 'user');
  return {
    ...(account === '' ? { provider: 'aws' } : inAccount(account)),
    key,
    kind: kind === 'user' ? (known?.hasPassword ? 'person' : 'service_account') : kind,
    standing: 'reference',
    name: known?.name ?? (arn === null ? key : lastSegment(arn.resource)),
  };
}
